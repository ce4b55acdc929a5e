import * as v from 'valibot'
import { MockServerError } from '../mock-server-error.js'
import { requireStateVersion, stateFormat, stateVersion, type MockState } from './mock-state.js'

const text = v.string()
const optionalText = v.exactOptional(v.string())
const time = v.pipe(v.number(), v.finite())
const optionalTime = v.exactOptional(time)

const user = v.object({
  sub: text,
  name: optionalText,
  given_name: optionalText,
  family_name: optionalText,
  preferred_username: optionalText,
  email: optionalText,
  email_verified: v.exactOptional(v.boolean()),
  picture: optionalText,
  updated_at: optionalTime,
  workspace_id: optionalText,
  claims: v.exactOptional(v.record(v.string(), v.unknown())),
})

const client = v.object({
  client_id: text,
  client_name: text,
  redirect_uris: v.array(text),
  grant_types: v.array(v.picklist(['authorization_code', 'refresh_token'])),
  scope: text,
  token_endpoint_auth_method: v.picklist(['none', 'client_secret_basic', 'client_secret_post']),
  client_secret: optionalText,
  client_uri: optionalText,
  logo_uri: optionalText,
  policy_uri: optionalText,
  tos_uri: optionalText,
})

const personalAccessToken = v.object({
  id: text,
  token: text,
  sub: text,
  name: text,
  description: optionalText,
  scope: text,
  workspace_id: optionalText,
  createdAt: time,
  lastUsedAt: optionalTime,
  expiresAt: optionalTime,
})

const code = v.object({
  code: text,
  clientId: text,
  redirectUri: text,
  codeChallenge: text,
  scope: text,
  nonce: optionalText,
  sub: text,
  authTime: time,
  expiresAt: time,
  failedAttempts: time,
  grantId: optionalText,
})

const grants = v.object({
  grants: v.array(
    v.object({ id: text, clientId: text, sub: text, scope: text, authTime: time, expiresAt: time }),
  ),
  accessTokens: v.array(v.object({ token: text, grantId: text, scope: text, expiresAt: time })),
  refreshTokens: v.array(
    v.object({
      token: text,
      grantId: text,
      expiresAt: time,
      used: v.exactOptional(v.object({ at: time, successor: text })),
    }),
  ),
})

const base64url = v.pipe(v.string(), v.regex(/^[\w-]+$/, 'Not base64url'))

const signingKey = v.object({
  kid: text,
  kty: v.literal('RSA'),
  alg: v.literal('RS256'),
  use: v.literal('sig'),
  n: base64url,
  e: base64url,
  d: base64url,
  p: base64url,
  q: base64url,
  dp: base64url,
  dq: base64url,
  qi: base64url,
})

const state: v.GenericSchema<unknown, MockState> = v.object({
  format: v.literal(stateFormat),
  version: v.literal(stateVersion),
  clockOffset: time,
  random: v.exactOptional(v.object({ seed: text, position: time })),
  users: v.array(user),
  clients: v.array(client),
  personalAccessTokens: v.array(personalAccessToken),
  loginSessions: v.array(v.object({ id: text, sub: text, authTime: time, expiresAt: time })),
  signInRequests: v.object({
    secret: v.pipe(base64url, v.minLength(43, 'Shorter than 32 bytes')),
    answered: v.array(v.object({ id: text, until: time })),
  }),
  consents: v.array(
    v.object({ sub: text, clientId: text, scope: text, redirectUris: v.array(text), grantedAt: time }),
  ),
  codes: v.array(code),
  grants,
  registrations: v.array(v.object({ ip: text, times: v.array(time) })),
  keys: v.object({
    count: time,
    active: signingKey,
    retired: v.array(v.object({ jwk: signingKey, until: time })),
  }),
})

/**
 * A state that was kept somewhere, such as a file or IndexedDB, checked member by member.
 *
 * @param value what `JSON.parse` gave, or the object as `saveState()` made it
 * @throws MockServerError `invalid_state`; the message names the member that is wrong and no value
 */
export function parseMockState(value: unknown): MockState {
  if (typeof value !== 'object' || value === null) {
    throw new MockServerError('invalid_state', 'The state is not a JSON object')
  }
  requireStateVersion(value)
  const result = v.safeParse(state, value, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  const member = v.getDotPath(issue) ?? 'The state'
  throw new MockServerError('invalid_state', `${member} is not what it should be: expected ${issue.expected}`)
}
