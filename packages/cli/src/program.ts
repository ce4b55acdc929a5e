import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings'
import type { CommandContext } from './command-context.js'
import { addDoctorCommand } from './doctor/doctor-command.js'
import { addInitCommand } from './init/init-command.js'
import { addMockCommand } from './mock/mock-command.js'
import { getPackageVersion } from './package-version.js'
import { addRegisterCommand } from './register/register-command.js'
import { createPaint, hasColors } from './terminal/paint.js'

type AddCommand = (program: CommandUnknownOpts, context: CommandContext) => void

/** In the order in which one needs them. */
const COMMANDS: readonly AddCommand[] = [addInitCommand, addRegisterCommand, addDoctorCommand, addMockCommand]

/** The whole command line, which throws instead of ending the process. */
export function createProgram(context: CommandContext): CommandUnknownOpts {
  const { terminal } = context
  const paint = createPaint(terminal)
  const program = new Command('spatio-auth')
    .description('Sets up Spatio sign-in, and finds out why it does not work.')
    .version(getPackageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('Try --help.')
    .configureOutput({
      writeOut: (text) => void terminal.output.write(text),
      writeErr: (text) => void terminal.error.write(text),
      getOutHasColors: () => hasColors(terminal),
      getErrHasColors: () => hasColors(terminal, 'error'),
      outputError: (text, write) => write(`${createPaint(terminal, 'error').bad('✗')} ${toSentence(text)}`),
    })
    .configureHelp({
      styleTitle: paint.strong,
      styleCommandText: paint.accent,
      styleOptionTerm: paint.accent,
      styleSubcommandTerm: paint.accent,
    })
  for (const add of COMMANDS) add(program, context)
  return program
}

/** Commander says "error: unknown option". */
function toSentence(text: string): string {
  const bare = text.replace(/^error: /, '')
  return bare.charAt(0).toUpperCase() + bare.slice(1)
}
