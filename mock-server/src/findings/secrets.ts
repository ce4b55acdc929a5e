import type { AuthorizationCodeStore } from '../stores/authorization-code-store.js'
import type { ClientStore } from '../stores/client-store.js'
import type { GrantStore } from '../stores/grant-store.js'
import type { PersonalAccessTokenStore } from '../stores/personal-access-token-store.js'
import { findBasicCredentials, findBearerText, type Sighting } from './sighting.js'

/** What must not be seen where it does not belong. */
export type SecretKind =
  | 'authorization code'
  | 'access token'
  | 'refresh token'
  | 'id_token'
  | 'client secret'
  | 'code_verifier'
  | 'personal access token'
  | 'registration access token'

/** The parts of an authority that know secrets. */
export interface SecretHolder {
  readonly codes: AuthorizationCodeStore
  readonly grants: GrantStore
  readonly personalAccessTokens: PersonalAccessTokenStore
  readonly clients: ClientStore
}

/** Finds secrets in a text. */
export type SecretFinder = (text: string) => SecretKind[]

const kindOfPrefix: Readonly<Record<string, SecretKind>> = {
  cod_: 'authorization code',
  tok_: 'access token',
  rft_: 'refresh token',
  sec_: 'client secret',
  pat_: 'personal access token',
  rat_: 'registration access token',
}
const prefixed = /(?<![\w-])(cod_|tok_|rft_|sec_|pat_|rat_)[\w-]{8,}/g
const jwt = /eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]*/g
// A shorter text is too easily the same by chance, and nobody's secret for long.
const shortest = 16

/**
 * A finder of the secrets of an authority: those it holds, those the requests presented where they belong, and
 * whatever has the form of one.
 */
export function createSecretFinder(holder: SecretHolder, sightings: readonly Sighting[]): SecretFinder {
  const known = new Map<string, SecretKind>()
  const add = (kind: SecretKind, text: string | undefined): void => {
    if (text !== undefined && text.length >= shortest) known.set(text, kind)
  }
  for (const sighting of sightings) addPresented(sighting, add)
  for (const { code } of holder.codes.toState()) add('authorization code', code)
  const { accessTokens, refreshTokens } = holder.grants.toState()
  for (const { token } of accessTokens) add('access token', token)
  for (const { token } of refreshTokens) add('refresh token', token)
  for (const { token } of holder.personalAccessTokens.toState()) add('personal access token', token)
  for (const { client_secret: secret } of holder.clients.list()) add('client secret', secret)
  return (text) => {
    const exact = known.get(text)
    return [...new Set(exact === undefined ? findByForm(text) : [exact])]
  }
}

function addPresented(sighting: Sighting, add: (kind: SecretKind, text: string | undefined) => void): void {
  const { endpoint, form } = sighting
  if (endpoint === 'token') {
    add('authorization code', form.get('code'))
    add('code_verifier', form.get('code_verifier'))
    add('refresh token', form.get('refresh_token'))
    add('client secret', form.get('client_secret') ?? findBasicCredentials(sighting)[1])
  }
  const bearer = findBearerText(sighting)
  // A personal access token is told by its form, and an id_token is one wherever it is sent.
  if (bearer !== undefined && endpoint === 'userinfo' && findByForm(bearer).length === 0) {
    add('access token', bearer)
  }
}

function findByForm(text: string): SecretKind[] {
  const kinds = [...text.matchAll(prefixed)].flatMap(([, prefix = '']) => kindOfPrefix[prefix] ?? [])
  const hasIdToken = [...text.matchAll(jwt)].some(([, payload = '']) => isIdTokenPayload(payload))
  return hasIdToken ? [...kinds, 'id_token'] : kinds
}

/** The request that travels to the consent page is a JWT too, and has no issuer or subject. */
function isIdTokenPayload(payload: string): boolean {
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof claims === 'object' && claims !== null && 'iss' in claims && 'sub' in claims
  } catch {
    return false
  }
}
