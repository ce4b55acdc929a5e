/** What a command refuses to do or could not do, for a person: no stack is shown. */
export class CliError extends Error {
  override readonly name = 'CliError'
  /** For programs, in `--json`. */
  readonly code: string
  /** What to do about it. */
  readonly fix: string | undefined
  readonly exitCode: ExitCode

  constructor(code: string, message: string, init: { fix?: string; exitCode?: ExitCode } = {}) {
    super(message)
    this.code = code
    this.fix = init.fix
    this.exitCode = init.exitCode ?? EXIT.failed
  }
}

/** How a command may end. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** A flag that is needed and that nobody is there to be asked for. */
export function missingFlag(flag: string, what: string): CliError {
  return new CliError('flag_missing', `${flag} is missing: ${what}.`, {
    fix: `Give ${flag}. Questions are asked only at a terminal.`,
    exitCode: EXIT.usage,
  })
}
