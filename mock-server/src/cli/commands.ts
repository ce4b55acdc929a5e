import type { Command } from './cli-output.js'
import { faultsCommand } from './faults-command.js'
import { startCommand } from './start-command.js'

/** Every sub-command by its name. Without a name it is `start`. */
export const commands: ReadonlyMap<string, Command> = new Map([
  ['start', startCommand],
  ['faults', faultsCommand],
])
