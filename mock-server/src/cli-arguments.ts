import { parseArgs } from 'node:util'
import type { MockClient } from './stores/client-store.js'
import type { MockUser } from './stores/user-store.js'

/** What the command line asks for. */
export type CliArguments =
  | { kind: 'help' }
  | { kind: 'invalid'; message: string }
  | {
      kind: 'start'
      port: number
      host: string
      users: MockUser[]
      clients: MockClient[]
      autoConsent: boolean
      force: boolean
    }

const flags = {
  port: { type: 'string' },
  host: { type: 'string' },
  user: { type: 'string', multiple: true },
  client: { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true },
  'auto-consent': { type: 'boolean' },
  force: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** The text of `--help`. */
export const helpText = `spatio-mock-server: a mock Spatio authority for demos and tests. Never for production.

  --port <n>            port to listen on (default 4400; 0 takes a free one)
  --host <name>         loopback host to listen on (default 127.0.0.1)
  --user <who>          someone who can sign in: "Mira Okafor <mira@example.com>"; repeatable
  --client <id>         id of the client the redirect URIs are for (default demo-app)
  --redirect-uri <uri>  redirect URI to register, exactly as it will be sent; repeatable
  --auto-consent        allow at once, as the first user, without a page
  --force               listen on a host others can reach, or with NODE_ENV=production
  -h, --help            this text
`

/** Reads the arguments of the command; the ones after the script's name. */
export function parseCliArguments(args: readonly string[]): CliArguments {
  try {
    const { values } = parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false })
    if (values.help) return { kind: 'help' }
    const port = Number(values.port ?? '4400')
    if (!Number.isInteger(port) || port < 0 || port > 65_535 || values.port === '') {
      return { kind: 'invalid', message: `--port ${values.port ?? ''} is not a port number` }
    }
    const redirectUris = values['redirect-uri']
    if (values.client !== undefined && redirectUris === undefined) {
      return { kind: 'invalid', message: '--client needs at least one --redirect-uri' }
    }
    const clientId = values.client ?? 'demo-app'
    return {
      kind: 'start',
      port,
      host: values.host ?? '127.0.0.1',
      users: (values.user ?? []).map(toUser),
      clients: redirectUris ? [{ client_id: clientId, redirect_uris: redirectUris }] : [],
      autoConsent: values['auto-consent'] ?? false,
      force: values.force ?? false,
    }
  } catch (error) {
    return { kind: 'invalid', message: error instanceof Error ? error.message : String(error) }
  }
}

function toUser(text: string): MockUser {
  const match = /^\s*([^<>]*?)\s*(?:<([^<>\s]+@[^<>\s]+)>)?\s*$/.exec(text)
  const name = match?.[1] ?? ''
  const email = match?.[2] ?? (/^\S+@\S+$/.test(name) ? name : undefined)
  if (!match || (name === '' && email === undefined)) {
    throw new Error(`--user "${text}" is not a name with an address: "Mira Okafor <mira@example.com>"`)
  }
  const sub = `usr_${(email ?? name).toLowerCase().replace(/[^a-z0-9]+/g, '_')}`
  const words = name === email ? [] : name.split(/\s+/).filter((word) => word !== '')
  const [givenName, ...familyNames] = words
  return {
    sub,
    ...(words.length > 0 ? { name: words.join(' ') } : {}),
    ...(givenName === undefined ? {} : { given_name: givenName }),
    ...(familyNames.length > 0 ? { family_name: familyNames.join(' ') } : {}),
    ...(email === undefined
      ? {}
      : { email, email_verified: true, preferred_username: email.split('@')[0] ?? email }),
    picture: `/avatars/${sub}.svg`,
  }
}
