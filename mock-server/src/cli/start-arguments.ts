import { parseArgs } from 'node:util'
import { MockServerError } from '../mock-server-error.js'
import type { StartSettings } from './start-settings.js'
import { parseUserArgument } from './user-argument.js'

const flags = {
  config: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  user: { type: 'string', multiple: true },
  client: { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true },
  'auto-consent': { type: 'boolean' },
  'fault-picker': { type: 'boolean' },
  state: { type: 'string' },
  seed: { type: 'string' },
  time: { type: 'string' },
  key: { type: 'string' },
  cert: { type: 'string' },
  'admin-token-file': { type: 'string' },
  quiet: { type: 'boolean' },
  json: { type: 'boolean' },
  force: { type: 'boolean' },
} as const

/** The text of `--help`. */
export const startHelp = `spatio-mock-server [start]: a mock Spatio authority for demos and tests. Never for production.

  --port <n>            port to listen on (default 4400; 0 takes a free one)
  --host <name>         loopback host to listen on (default 127.0.0.1)
  --user <who>          someone who can sign in: "Mira Okafor <mira@example.com>"; repeatable
  --client <id>         id of the client the redirect URIs are for (default demo-app)
  --redirect-uri <uri>  redirect URI to register, exactly as it will be sent; repeatable
  --auto-consent        allow at once, as the first user, without a page
  --fault-picker        let the consent page pick a fault for what follows
  --config <file.json>  options from a file; flags win over it
  --state <file.json>   keep users, clients, sessions, tokens and keys there, so that they survive a restart
  --seed <text>         same seed, same requests, same bytes; time stands still unless --time says otherwise
  --time <date-time>    let time stand still there; "now" lets it run
  --key, --cert <file>  serve HTTPS with this private key and certificate (PEM)
  --admin-token-file <file>  write the token of the admin ({issuer}/__mock) there, for its owner only
  --quiet               print nothing but errors
  --json                print a JSON line for every request
  --force               listen on a host others can reach, or with NODE_ENV=production
  -h, --help            this text
`

/**
 * Reads the arguments of `start`.
 *
 * @throws MockServerError `invalid_option`
 */
export function parseStartArguments(args: readonly string[]): {
  config: string | undefined
  settings: StartSettings
} {
  const values = parseFlags(args)
  const { host, state, seed, time, key, cert, force, quiet, json } = values
  if (quiet && json) throw new MockServerError('invalid_option', 'Either --quiet or --json')
  const settings: StartSettings = {
    ...(values.port === undefined ? {} : { port: parsePort(values.port) }),
    ...toClient(values.client, values['redirect-uri']),
    users: (values.user ?? []).map(parseUserArgument),
    ...(values['auto-consent'] ? { autoConsent: true } : {}),
    ...(values['fault-picker'] ? { faultPicker: true } : {}),
    ...(quiet ? { log: 'none' } : {}),
    ...(json ? { log: 'json' } : {}),
    ...withoutUndefined({ host, state, seed, time, key, cert, force }),
    ...withoutUndefined({ adminTokenFile: values['admin-token-file'] }),
  }
  return { config: values.config, settings }
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false }).values
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new MockServerError('invalid_option', message, { cause })
  }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new MockServerError('invalid_option', `--port ${text} is not a port number`)
  }
  return port
}

function toClient(
  clientId: string | undefined,
  redirectUris: readonly string[] | undefined,
): Pick<StartSettings, 'clients'> {
  if (redirectUris === undefined && clientId === undefined) return {}
  if (redirectUris === undefined) {
    throw new MockServerError('invalid_option', '--client needs at least one --redirect-uri')
  }
  return { clients: [{ client_id: clientId ?? 'demo-app', redirect_uris: redirectUris }] }
}

/** The members that are there. */
function withoutUndefined<T extends object>(members: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }
}
