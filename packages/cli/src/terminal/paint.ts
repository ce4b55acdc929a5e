import { WriteStream } from 'node:tty'
import { styleText } from 'node:util'
import type { Terminal } from './terminal.js'

/** Colours by what they say, or the bare text where none are wanted. */
export interface Paint {
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly careful: (text: string) => string
  readonly quiet: (text: string) => string
  readonly strong: (text: string) => string
  readonly accent: (text: string) => string
}

/** The colours of a stream of this terminal. */
export function createPaint(terminal: Terminal, stream: 'output' | 'error' = 'output'): Paint {
  const isColored = hasColors(terminal, stream)
  const style =
    (format: Parameters<typeof styleText>[0]) =>
    (text: string): string =>
      isColored ? styleText(format, text, { validateStream: false }) : text
  return {
    good: style('green'),
    bad: style('red'),
    careful: style('yellow'),
    quiet: style('dim'),
    strong: style('bold'),
    accent: style('cyan'),
  }
}

/** As Node decides for its own streams: NO_COLOR, NODE_DISABLE_COLORS, TERM=dumb, and FORCE_COLOR also in a pipe. */
export function hasColors(terminal: Terminal, stream: 'output' | 'error' = 'output'): boolean {
  const { env } = terminal
  // Node lets FORCE_COLOR win over it.
  if (env['NO_COLOR']) return false
  if (terminal[stream].isTTY !== true && env['FORCE_COLOR'] === undefined) return false
  return WriteStream.prototype.getColorDepth(env) > 1
}
