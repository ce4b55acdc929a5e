import type { ExitCode } from './cli-error.js'
import type { Terminal } from './terminal/terminal.js'

/** What a command is given beside its flags. */
export interface CommandContext {
  readonly terminal: Terminal
  /** Tells how the command ended; without it all went well. */
  readonly end: (exitCode: ExitCode) => void
}
