import { createPaint } from '../terminal/paint.js'
import { print, wrap, type Terminal } from '../terminal/terminal.js'
import type { Finding } from './finding.js'
import type { Known } from './known.js'

/** A finding, and which check it is of. */
export type CheckResult = Finding & { readonly id: string; readonly title: string }

/** Tells what is found, as it is found. */
export interface Report {
  readonly begin: (known: Known) => void
  readonly group: (name: string) => void
  readonly result: (result: CheckResult) => void
  readonly end: (results: readonly CheckResult[]) => void
}

const MARKS = { passed: '✓', warned: '!', failed: '✗', skipped: '–' } as const
/** Of what is said about a check. */
const INDENT = '      '
/** In the last line, the worst last: that is where the eye stays. */
const COUNTED = ['passed', 'skipped', 'warned', 'failed'] as const

export function createReport(terminal: Terminal): Report {
  const paint = createPaint(terminal)
  const colors = { passed: paint.good, warned: paint.careful, failed: paint.bad, skipped: paint.quiet }
  return {
    begin: (known) => print(terminal, '', ...toHead(known).map((line) => paint.quiet(line))),
    group: (name) => print(terminal, '', paint.strong(name)),
    result: (result) => {
      const { status, title, detail } = result
      const mark = colors[status](MARKS[status])
      if (status === 'passed') return print(terminal, `  ${mark} ${title}`)
      if (status === 'skipped') return print(terminal, `  ${mark} ${paint.quiet(`${title}: ${detail}`)}`)
      const fix = wrap(terminal, `Fix: ${result.fix}`, INDENT).replace('Fix:', paint.accent('Fix:'))
      print(terminal, `  ${mark} ${title}`, wrap(terminal, detail, INDENT), fix)
    },
    end: (results) => {
      const counts = COUNTED.flatMap((status) => {
        const count = results.filter((result) => result.status === status).length
        return count === 0 ? [] : [colors[status](`${count} ${status}`)]
      })
      print(terminal, '', counts.join(', '))
    },
  }
}

function toHead({ issuer, clientId, redirectUri, sources }: Known): string[] {
  const from = (source: string | undefined): string => (source === undefined ? '' : `  (${source})`)
  return [
    `issuer        ${issuer}${from(sources.issuer)}`,
    `client ID     ${clientId ?? 'not given'}${from(sources.clientId)}`,
    `redirect URI  ${redirectUri ?? 'not given'}`,
  ]
}
