import { MockServerError } from '../mock-server-error.js'
import type { CliOutput, CliRun } from './cli-output.js'
import { commands } from './commands.js'

/** Runs the command. A taken port, an unknown flag or a bad value is a message and exit code 1. */
export async function runCli(args: readonly string[], output: CliOutput): Promise<CliRun> {
  const [first = ''] = args
  const isNamed = first !== '' && !first.startsWith('-')
  const name = isNamed ? first : 'start'
  const command = commands.get(name)
  if (!command) {
    const known = [...commands.keys()].join(', ')
    return refuse(output, `There is no command "${name}": it is one of ${known}`)
  }
  if (args.some((argument) => argument === '--help' || argument === '-h')) {
    output.out(command.help)
    return { exitCode: 0 }
  }
  try {
    return await command.run(isNamed ? args.slice(1) : args, output)
  } catch (error) {
    if (!(error instanceof MockServerError)) throw error
    return refuse(output, error.message)
  }
}

function refuse(output: CliOutput, message: string): CliRun {
  output.error(`spatio-mock-server: ${message}\nTry --help.\n`)
  return { exitCode: 1 }
}
