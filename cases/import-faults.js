// Makes faults.json from the fault list: node cases/import-faults.js <faults.md>
import { readFileSync, writeFileSync } from 'node:fs'

const [list] = process.argv.slice(2)
if (list === undefined) {
  console.error('usage: node cases/import-faults.js <faults.md>')
  process.exit(1)
}

/** The letters of the list. @type {Record<string, string>} */
const REACTIONS = {
  R: 'reject',
  T: 'tolerate',
  L: 'end-session',
  K: 'keep-session',
  E: 'either',
  U: 'show-error',
}

/** The names an entry stands for: `a.b` / `c` is a.b and a.c, `a.b|c` as well. @param {string} text */
function toNames(text) {
  const parts = [...text.matchAll(/`([^`]+)`/g)].map(([, part = '']) => part)
  /** @type {string[]} */
  const names = []
  for (const part of parts) {
    const previous = names.at(-1) ?? ''
    if (part.startsWith('…')) {
      names.push(previous.replace(/\.[^.]+$/, `.${part.slice(1)}`))
      continue
    }
    // `enc` and `none` are remarks; `behind` and `interaction_required` are names without their beginning.
    if (!part.includes('.')) {
      if (!text.includes(`/ \`${part}\``)) continue
      names.push(previous.replace(/[^.-]+$/, part))
      continue
    }
    if (part.endsWith('.*') || part.startsWith('oidcc-')) continue
    const [first = '', ...others] = part.split('|')
    names.push(first, ...others.map((other) => first.replace(/[^.]+$/, other)))
  }
  if (text.includes('`refresh.5xx` / offline')) names.push('refresh.offline')
  return names
}

/** @param {string} text */
function toEntry(text) {
  const number = /^\D*?(\d+) `/.exec(text)?.[1]
  const oidf = /\[(?:fapi: )?([a-z][a-z0-9, -]+)\]/.exec(text)?.[1]
  const after =
    text
      .replaceAll(/ ?\([^)]*\)|\[[^\]]*\]|[ᵖᵇ]/g, '')
      .split('`')
      .at(-1) ?? ''
  const letters = /^ ([RTLKEU](?:[/→][RTLKEU])*)(?![a-z])/.exec(after)?.[1]
  return {
    ...(number !== undefined && { number: Number(number) }),
    names: toNames(text),
    ...(letters !== undefined && { reactions: letters.split(/[/→]/).map((letter) => REACTIONS[letter]) }),
    ...(oidf !== undefined && { oidf: oidf.split(', ') }),
    ...(/ᵖ/.test(text) && { needs: 'port' }),
    ...(/ᵇ/.test(text) && { needs: 'browser' }),
  }
}

const catalogue = readFileSync(list, 'utf8').split('## Catalogue')[1]?.split('\nVerified feasible')[0] ?? ''
const entries = catalogue
  .split('\n')
  .filter((line) => line.startsWith('**'))
  .flatMap((line) => line.split(' · '))
  .map(toEntry)
  .filter(({ names }) => names.length > 0)
writeFileSync(new URL('faults.json', import.meta.url), `${JSON.stringify(entries, null, 1)}\n`)
console.log(`${entries.length} entries, ${entries.flatMap(({ names }) => names).length} names`)
