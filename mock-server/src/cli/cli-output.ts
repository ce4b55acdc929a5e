import type { Listener } from '../listener.js'
import type { NodeMockServer } from '../node-mock-server.js'

/** Where the command writes. */
export interface CliOutput {
  out(text: string): void
  error(text: string): void
  /** Whether `out` shows colours. @default false */
  hasColor?: boolean
  /** Whether `error` is read by a person at a terminal and kept by nobody. @default false */
  isErrorTerminal?: boolean
}

/** How a run began: with an open port, or with nothing to wait for. */
export type CliRun = { exitCode: 0 | 1 } | { listener: Listener; mock: NodeMockServer }

/** A sub-command. What it throws as `MockServerError` becomes a message and exit code 1. */
export interface Command {
  /** The text of `--help`. */
  readonly help: string
  /** @param args the arguments after the command's name */
  run(args: readonly string[], output: CliOutput): Promise<CliRun>
}
