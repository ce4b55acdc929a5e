import type { Readable, Writable } from 'node:stream'

/** What a command has of the process, as values: tests give their own. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean }
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  /** Where messages about the command itself go, so that `output` can be piped. */
  readonly error: Writable & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder a command works in, absolute. */
  readonly cwd: string
}

/** Whether somebody is there to answer: never in a pipe, and never in CI, where a question would wait for ever. */
export function isInteractive({ input, output, env }: Terminal): boolean {
  return input.isTTY === true && output.isTTY === true && !env['CI']
}

/** Breaks a text between words to fit the terminal, each line behind `indent`; a pipe gets it in one line. */
export function wrap({ output }: Terminal, text: string, indent: string): string {
  const width = output.isTTY === true ? (output.columns ?? 80) : Infinity
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line === '' || indent.length + line.length + 1 + word.length <= width)
      lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
    else lines.push(word)
  }
  return lines.map((line) => indent + line).join('\n')
}

/** Prints lines on `output`. */
export function print({ output }: Terminal, ...lines: string[]): void {
  output.write(`${lines.join('\n')}\n`)
}
