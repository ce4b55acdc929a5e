import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import type { CommandContext } from '../command-context.js'
import { examine } from './examine.js'

const EXAMPLES = `
Examples:
  spatio-auth doctor                                  in the folder of an app, with its .env
  spatio-auth doctor --client-id app_123 --origin http://localhost:5173
  spatio-auth doctor --client-id app_123 --redirect-uri https://notes.example/callback --json

Nobody is signed in and nothing is changed. Ends with 1 when a check fails; a warning is no failure.`

/** `spatio-auth doctor`: finds out why a sign-in does not work. */
export function addDoctorCommand(program: CommandUnknownOpts, { terminal, end }: CommandContext): void {
  program
    .command('doctor')
    .description('find out why sign-in does not work')
    .option('--issuer <url>', 'the authority (default: of your .env, else https://api.spatio.app)')
    .option('--client-id <id>', 'the client (default: of your .env)')
    .option('--redirect-uri <uri>', 'where users come back to (default: / of --origin)')
    .option('--origin <origin>', 'where the app is (default: that of --redirect-uri)')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (flags) => end(await examine(flags, terminal)))
}
