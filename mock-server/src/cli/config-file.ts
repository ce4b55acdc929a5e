import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import * as v from 'valibot'
import { lintRules } from '../findings/finding.js'
import { MockServerError } from '../mock-server-error.js'
import type { StartSettings } from './start-settings.js'

const text = v.exactOptional(v.string())
const flag = v.exactOptional(v.boolean())
const seconds = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0)))

const user = v.strictObject({
  sub: v.string(),
  name: text,
  given_name: text,
  family_name: text,
  preferred_username: text,
  email: text,
  email_verified: flag,
  picture: text,
  updated_at: seconds,
  workspace_id: text,
  claims: v.exactOptional(v.record(v.string(), v.unknown())),
})

const client = v.strictObject({
  client_id: v.string(),
  client_name: text,
  redirect_uris: v.array(v.string()),
  grant_types: v.exactOptional(v.array(v.picklist(['authorization_code', 'refresh_token']))),
  scope: text,
  token_endpoint_auth_method: v.exactOptional(
    v.picklist(['none', 'client_secret_basic', 'client_secret_post']),
  ),
  client_secret: text,
  client_uri: text,
  logo_uri: text,
  policy_uri: text,
  tos_uri: text,
})

const personalAccessToken = v.strictObject({
  token: v.string(),
  sub: v.string(),
  scope: v.string(),
  id: text,
  name: text,
  description: text,
  workspace_id: text,
  expiresAt: seconds,
})

const config: v.GenericSchema<unknown, StartSettings> = v.strictObject({
  $schema: text,
  port: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535))),
  host: text,
  force: flag,
  issuer: text,
  users: v.exactOptional(v.array(user)),
  clients: v.exactOptional(v.array(client)),
  personalAccessTokens: v.exactOptional(v.array(personalAccessToken)),
  additionalScopes: v.exactOptional(v.record(v.string(), v.string())),
  autoConsent: flag,
  faultPicker: flag,
  seed: text,
  time: text,
  state: text,
  key: text,
  cert: text,
  adminTokenFile: text,
  log: v.exactOptional(v.picklist(['text', 'json', 'none'])),
  accessTokenLifetime: seconds,
  idTokenLifetime: seconds,
  authorizationCodeLifetime: seconds,
  refreshTokenLifetime: seconds,
  refreshTokenIdleLifetime: seconds,
  refreshGrace: seconds,
  loginSessionLifetime: seconds,
  authorizationRequestLifetime: seconds,
  issParameter: flag,
  introspectionAuth: flag,
  lenient: v.exactOptional(v.union([v.boolean(), v.array(v.picklist(lintRules))])),
})

/**
 * The settings of a config file, checked member by member.
 *
 * @throws MockServerError `invalid_option`; the message names the file and the member
 */
export async function loadConfigFile(path: string): Promise<StartSettings> {
  const value = parseJson(await readConfig(path), path)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MockServerError('invalid_option', `${path} is not a JSON object`)
  }
  const result = v.safeParse(config, value)
  if (!result.success) throw new MockServerError('invalid_option', describe(result.issues, path))
  const settings = { ...result.output }
  const folder = dirname(resolve(path))
  for (const name of ['state', 'key', 'cert', 'adminTokenFile'] as const) {
    if (settings[name] !== undefined) settings[name] = resolve(folder, settings[name])
  }
  return settings
}

async function readConfig(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown'
    throw new MockServerError('invalid_option', `Cannot read --config ${path}: ${code}`, { cause })
  }
}

function parseJson(content: string, path: string): unknown {
  try {
    return JSON.parse(content)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new MockServerError('invalid_option', `${path} is not JSON: ${message}`, { cause })
  }
}

/** One line for each member that is wrong. */
function describe(issues: readonly v.BaseIssue<unknown>[], path: string): string {
  const lines = issues.map((issue) => {
    const member = v.getDotPath(issue) ?? 'the file'
    if (issue.type === 'strict_object' && issue.expected === 'never') return `${member} is not an option`
    return `${member}: expected ${issue.expected ?? issue.message}, got ${issue.received}`
  })
  return `${path} cannot be used:\n  ${lines.join('\n  ')}`
}
