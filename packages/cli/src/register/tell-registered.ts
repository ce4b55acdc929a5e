import type { RegisteredClient } from '@spatio-labs/auth/registration'
import { ENV_NAMES } from '../env/env-names.js'
import { createPaint } from '../terminal/paint.js'
import { print, type Terminal } from '../terminal/terminal.js'
import type { EnvPlan } from './plan-env-file.js'

interface Registered {
  readonly client: RegisteredClient
  readonly issuer: string
  readonly plan: EnvPlan | null
  /** Where the registration access token is. */
  readonly tokenFile: string | null
  readonly flags: { readonly json?: true | undefined; readonly prefix: string; readonly scope: string }
}

/** Tells what was registered and where it is kept, and never a secret. */
export function tellRegistered(registered: Registered, terminal: Terminal): void {
  if (registered.flags.json === true) print(terminal, toJson(registered))
  else print(terminal, ...toLines(registered, terminal))
}

function toJson({ client, issuer, plan, tokenFile }: Registered): string {
  const { clientId, redirectUris, scope } = client
  return JSON.stringify(
    { issuer, clientId, redirectUris, scope, envFile: plan?.path ?? null, tokenFile },
    null,
    2,
  )
}

function toLines({ client, issuer, plan, tokenFile, flags }: Registered, terminal: Terminal): string[] {
  const paint = createPaint(terminal)
  const row = (name: string, value: string): string => `  ${paint.quiet(name.padEnd(14))}${value}`
  const [first = '', ...others] = client.redirectUris
  const lines = [
    `${paint.good('✓')} Registered at ${issuer}`,
    '',
    row('client ID', paint.strong(client.clientId)),
    row('redirect URI', first),
    ...others.map((uri) => row('', uri)),
    row('scope', client.scope ?? flags.scope),
    row('token', tokenFile ?? paint.quiet('for later changes; not kept, as no --token-file was given')),
    '',
  ]
  if (plan !== null) {
    const replaced = plan.conflicts.map(({ name, before }) => `  ${name} was ${before}.`)
    return [...lines, `${paint.good('✓')} Written to ${plan.name}.`, ...replaced]
  }
  const settings = [
    `${flags.prefix}${ENV_NAMES.clientId}=${client.clientId}`,
    `${flags.prefix}${ENV_NAMES.issuer}=${issuer}`,
  ]
  return [...lines, 'Keep this where your app reads its settings:', '', ...settings]
}
