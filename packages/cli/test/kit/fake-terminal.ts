import { PassThrough } from 'node:stream'
import type { Terminal } from '../../src/terminal/terminal.js'

/** A terminal without a screen: what was written, and somebody who answers. */
export interface FakeTerminal extends Terminal {
  readonly written: () => string
  readonly complained: () => string
  /** Types keys as soon as a text has appeared, one answer after the other. */
  readonly answer: (text: string, keys: string) => void
}

export const ENTER = '\r'
export const DOWN = '\x1b[B'
export const CTRL_C = '\x03'

/** @param options isTTY: whether somebody sits there */
export function createFakeTerminal(
  options: { isTTY?: boolean; cwd?: string; env?: Record<string, string> } = {},
): FakeTerminal {
  const { isTTY = false, cwd = '/nowhere', env = {} } = options
  const stream = () =>
    Object.assign(new PassThrough(), { isTTY, columns: 80, rows: 24, setRawMode: () => undefined })
  const [input, output, error] = [stream(), stream(), stream()]
  const texts = { output: '', error: '' }
  const answers: { text: string; keys: string }[] = []
  let seen = 0
  output.on('data', (chunk: Buffer) => {
    texts.output += chunk.toString()
    const [next] = answers
    const at = next === undefined ? -1 : texts.output.indexOf(next.text, seen)
    if (next === undefined || at === -1) return
    seen = at + next.text.length
    answers.shift()
    // The question is listened for once it has been drawn.
    setImmediate(() => input.write(next.keys))
  })
  error.on('data', (chunk: Buffer) => (texts.error += chunk.toString()))
  return {
    ...{ input, output, error, env, cwd },
    written: () => texts.output,
    complained: () => texts.error,
    answer: (text, keys) => void answers.push({ text, keys }),
  }
}
