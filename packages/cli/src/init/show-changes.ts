import { createTwoFilesPatch } from 'diff'
import { createPaint, type Paint } from '../terminal/paint.js'
import { print, type Terminal } from '../terminal/terminal.js'
import type { FileChange } from './file-change.js'

/** Prints what would change, as git would. */
export function showChanges(changes: readonly FileChange[], terminal: Terminal): void {
  const paint = createPaint(terminal)
  for (const { path, before, after } of changes) {
    const from = before === null ? '/dev/null' : `a/${path}`
    const patch = createTwoFilesPatch(from, `b/${path}`, before ?? '', after, '', '', { context: 2 })
    // The first line only rules a line off.
    const lines = patch.trimEnd().split('\n').slice(1)
    print(terminal, '', ...lines.map((line) => color(line.trimEnd(), paint)))
  }
  print(terminal, '')
}

function color(line: string, paint: Paint): string {
  if (/^(---|\+\+\+) /.test(line)) return paint.strong(line)
  if (line.startsWith('@@')) return paint.accent(line)
  if (line.startsWith('+')) return paint.good(line)
  if (line.startsWith('-')) return paint.bad(line)
  return line
}
