import { Option, type CommandUnknownOpts } from '@commander-js/extra-typings'
import type { CommandContext } from '../command-context.js'
import { FRAMEWORKS } from './framework.js'
import { initApp } from './init-app.js'

const EXAMPLES = `
Examples:
  spatio-auth init                            in the folder of a Vite app; asks what it needs to know
  spatio-auth init --mock                     the same, with the mock as the authority: no account needed
  spatio-auth init --client-id app_123 --yes  asks nothing
  spatio-auth init --client-id app_123        in a script: shows the changes, and makes none

It shows every change first, makes none without a yes, and refuses while changes are not committed.`

/** `spatio-auth init`: adds sign-in to a Vite app. */
export function addInitCommand(program: CommandUnknownOpts, { terminal, end }: CommandContext): void {
  program
    .command('init')
    .description('add a working sign-in to a Vite app')
    .argument('[folder]', 'of the app', '.')
    .option('--client-id <id>', 'the client ID of your app (default: of your env files)')
    .option('--issuer <url>', 'the authority (default: https://api.spatio.app)')
    .addOption(
      new Option('--mock', 'the mock on this machine and its client demo-app, in .env.local').conflicts([
        'clientId',
        'issuer',
      ]),
    )
    .addOption(
      new Option('--framework <name>', 'when it cannot be told from package.json').choices(FRAMEWORKS),
    )
    .option('--yes', 'make the changes without asking')
    .option('--no-install', 'leave the installation to you')
    .addHelpText('after', EXAMPLES)
    .action(async (folder, flags) => end(await initApp(folder, flags, terminal)))
}
