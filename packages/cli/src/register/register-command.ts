import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { DEFAULT_PREFIX } from '../env/env-names.js'
import type { CommandContext } from '../command-context.js'
import { registerApp } from './register-app.js'

const EXAMPLES = `
Examples:
  spatio-auth register --name "Notes" --redirect-uri http://localhost:5173/ https://notes.example/
  spatio-auth register --name "Notes" --redirect-uri https://notes.example/ --write-env .env.production
  spatio-auth register --name "Notes" --redirect-uri http://localhost:5173/ --json

Spatio allows 10 registrations an hour from one address. The client is public: it has no secret.`

/** `spatio-auth register`: an app becomes a client of the authority (RFC 7591). */
export function addRegisterCommand(program: CommandUnknownOpts, { terminal }: CommandContext): void {
  program
    .command('register')
    .description('register an app, and keep its client ID')
    .option('--issuer <url>', 'the authority', 'https://api.spatio.app')
    .option('--name <name>', 'the name users see when they are asked to allow your app')
    .option('--redirect-uri <uri...>', 'where users come back to, exactly; up to 10')
    .option('--scope <scopes>', 'what the app may ask for, space-separated', 'openid profile email')
    .option('--write-env [file]', 'write the client ID to this file (.env when none is named)')
    .option('--prefix <prefix>', 'of the variables in the env file', DEFAULT_PREFIX)
    .option('--overwrite', 'replace a value that the env file has already')
    .option('--token-file <file>', 'keep the registration access token there, readable by you alone')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action((flags) => registerApp(flags, terminal))
}
