import type { Readable, Writable } from 'node:stream'

/** What a command has of the process, as values: tests give their own. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean }
  readonly output: Writable & { readonly isTTY?: boolean }
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

/** Prints lines on `output`. */
export function print({ output }: Terminal, ...lines: string[]): void {
  output.write(`${lines.join('\n')}\n`)
}
