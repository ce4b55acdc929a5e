import { SpatioAuthError } from '../errors.js'
import { completeOptions } from '../complete-options.js'
import { resolveOptions } from '../resolve-options.js'
import { validateUrls } from '../secure-url.js'
import { validateOptions } from '../validate-options.js'
import { requireJsonAnswer } from './json-answer.js'
import { createMetadataSource, requireOptionalEndpoint } from './metadata.js'
import { ownMember, request, type RequestContext } from './request.js'

/** The grants Spatio has (RFC 7591 2). */
export type GrantType = 'authorization_code' | 'refresh_token'
/** How a client proves itself at the token endpoint (RFC 7591 2); an app in the browser has `none`. */
export type TokenEndpointAuthMethod = 'none' | 'client_secret_basic' | 'client_secret_post'

/** What an app says of itself (RFC 7591 2), as far as Spatio knows it. */
export interface ClientMetadata {
  /** Shown to users on the consent page. */
  readonly clientName: string
  /** 1 to 10 absolute URLs without a fragment; a sign-in must name one of them exactly. */
  readonly redirectUris: readonly string[]
  /** @default both */
  readonly grantTypes?: readonly GrantType[]
  /** Space-separated; what the client may ask for. @default the authority's, `read:*` at Spatio */
  readonly scope?: string
  /** An app in a browser keeps no secret. @default 'none' */
  readonly tokenEndpointAuthMethod?: TokenEndpointAuthMethod
  readonly clientUri?: string
  readonly logoUri?: string
  readonly policyUri?: string
  readonly tosUri?: string
}

/** A registered client (RFC 7591 3.2.1). */
export interface RegisteredClient {
  readonly clientId: string
  /** Null for a public client. */
  readonly clientSecret: string | null
  /** Given once; keep it where you keep secrets. */
  readonly registrationAccessToken: string | null
  /** ms since the epoch; null when the authority does not say. */
  readonly issuedAt: number | null
  readonly redirectUris: readonly string[]
  /** Null when the authority does not say. */
  readonly scope: string | null
}

/** Where to register, and how its requests are made. */
export interface RegistrationOptions {
  /** As for `createSpatioAuth`. @default 'https://api.spatio.app' */
  readonly issuer?: string
  /** Seconds a request may take. @default 10 */
  readonly requestTimeout?: number
  /** Used for every request. @default the global fetch */
  readonly fetch?: typeof fetch
}

const RULE = {
  phase: 'registration',
  status: 201,
  failed: 'registration_failed',
  invalid: 'registration_invalid',
} as const

/**
 * Registers a client at the authority (RFC 7591), once and by a developer or an installer: Spatio allows 10 an
 * hour from one address. Runs in a browser and in Node. Nothing is stored.
 * @throws SpatioAuthError `config_invalid`, `registration_failed` (`oauth` says why), `registration_invalid`,
 * `metadata_missing`, `timeout`, `redirect_rejected` and those of discovery
 */
export async function registerClient(
  metadata: ClientMetadata,
  options: RegistrationOptions = {},
): Promise<RegisteredClient> {
  requireRedirectUris(metadata.redirectUris)
  const resolved = resolveOptions({ ...options, clientId: 'registration' })
  validateUrls(resolved)
  validateOptions(completeOptions(resolved))
  const { issuer } = resolved
  const context = { options: resolved, ...createRequestContext() }
  const { registrationEndpoint } = await createMetadataSource(context).get()
  const url = requireOptionalEndpoint(registrationEndpoint, 'registration_endpoint', issuer)
  const json = toWire(metadata)
  const answer = await request(context, { endpoint: 'registration', url, json, cache: 'no-store' })
  return toClient(requireJsonAnswer(answer, RULE), metadata)
}

function createRequestContext(): Omit<RequestContext, 'options'> {
  return {
    environment: {
      fetch: (input, init) => fetch(input, init),
      monotonic: () => performance.now(),
      setTimer: (callback, delayMs) => {
        const handle = setTimeout(callback, delayMs)
        return () => clearTimeout(handle)
      },
    },
    emit: () => undefined,
  }
}

function requireRedirectUris(uris: readonly string[]): void {
  const isGood = (uri: unknown): boolean =>
    typeof uri === 'string' &&
    URL.canParse(uri) &&
    !uri.includes('#') &&
    new URL(uri).protocol !== 'javascript:'
  if (Array.isArray(uris) && uris.length > 0 && uris.length <= 10 && uris.every(isGood)) return
  const detail = 'redirectUris are not 1 to 10 URLs without a fragment'
  throw new SpatioAuthError('config_invalid', { phase: 'registration', detail })
}

function toWire(metadata: ClientMetadata): Record<string, unknown> {
  return {
    client_name: metadata.clientName,
    redirect_uris: metadata.redirectUris,
    grant_types: metadata.grantTypes ?? ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    scope: metadata.scope,
    token_endpoint_auth_method: metadata.tokenEndpointAuthMethod ?? 'none',
    client_uri: metadata.clientUri,
    logo_uri: metadata.logoUri,
    policy_uri: metadata.policyUri,
    tos_uri: metadata.tosUri,
  }
}

function toClient(document: object, { redirectUris }: ClientMetadata): RegisteredClient {
  const text = (name: string): string | null => {
    const value = ownMember(document, name)
    return typeof value === 'string' && value !== '' ? value : null
  }
  const clientId = text('client_id')
  if (clientId === null) throw invalid('client_id')
  // The authority may register something else than was asked for (RFC 7591 3.2.1); another place to send codes to is no client of ours.
  const registered = ownMember(document, 'redirect_uris')
  if (!Array.isArray(registered) || registered.length !== redirectUris.length) throw invalid('redirect_uris')
  if (!redirectUris.every((uri) => registered.includes(uri))) throw invalid('redirect_uris')
  const issuedAt = ownMember(document, 'client_id_issued_at')
  return Object.freeze({
    clientId,
    clientSecret: text('client_secret'),
    registrationAccessToken: text('registration_access_token'),
    issuedAt: typeof issuedAt === 'number' && Number.isFinite(issuedAt) ? issuedAt * 1000 : null,
    redirectUris: Object.freeze([...redirectUris]),
    scope: text('scope'),
  })
}

function invalid(detail: string): SpatioAuthError {
  return new SpatioAuthError('registration_invalid', { phase: 'registration', detail })
}
