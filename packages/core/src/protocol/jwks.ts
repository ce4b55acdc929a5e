import type { JSONWebKeySet, JWK } from 'jose'
import { createLocalJWKSet } from 'jose/jwks/local'
import { SpatioAuthError } from '../errors.js'
import { isWorthRetrying } from './metadata.js'
import type { ProtocolContext } from './protocol-context.js'
import { isJson, ownMember, parseJsonObject, request, type EndpointAnswer } from './request.js'

/** Finds the keys that may verify a token, in jose's form. */
export type KeyResolver = ReturnType<typeof createLocalJWKSet>

export interface JwksSource {
  /** The keys at hand, fetched when there are none or they are old. @throws SpatioAuthError `jwks_fetch_failed`, `jwks_invalid` */
  readonly get: (jwksUri: string) => Promise<KeyResolver>
  /**
   * The keys fetched anew, past the HTTP cache, for a token that no key fits. Null when the budget for
   * such refetches is used up: the first is free, then one per 30 s, so that junk tokens cannot flood the authority.
   */
  readonly refetch: (jwksUri: string) => Promise<KeyResolver | null>
}

/** A set is fresh for its max-age within these bounds, and usable for a day when the endpoint is down (ms). */
const SHORTEST_AGE = 60_000
const DEFAULT_AGE = 300_000
const LONGEST_AGE = 86_400_000
const REFETCH_PAUSE = 30_000

interface FetchedKeys {
  readonly resolver: KeyResolver
  readonly startedAt: number
  readonly freshUntil: number
}

/** The keys of the authority, in this page's memory only: a key in web storage could be planted there. */
export function createJwksSource(context: ProtocolContext): JwksSource {
  const { environment, emit } = context
  let kept: FetchedKeys | null = null
  let pending: Promise<FetchedKeys> | null = null
  let lastRefetch: number | null = null

  // One at a time, so that no answer can overtake another.
  const load = (jwksUri: string, cache: RequestCache): Promise<FetchedKeys> => {
    pending ??= fetchKeys(context, jwksUri, cache)
      .then((fetched) => (kept = fetched))
      .finally(() => (pending = null))
    return pending
  }

  return {
    get: async (jwksUri) => {
      const now = environment.monotonic()
      if (kept !== null && now < kept.freshUntil) return kept.resolver
      const stale = kept
      return load(jwksUri, 'default').then(
        ({ resolver }) => resolver,
        (error: unknown) => {
          if (stale === null || now > stale.startedAt + LONGEST_AGE) throw error
          return stale.resolver
        },
      )
    },
    refetch: async (jwksUri) => {
      const now = environment.monotonic()
      if (lastRefetch !== null && now - lastRefetch < REFETCH_PAUSE) return null
      lastRefetch = now
      await pending?.catch(() => undefined)
      emit('jwks_refetched', {})
      return (await load(jwksUri, 'reload')).resolver
    },
  }
}

async function fetchKeys(context: ProtocolContext, url: string, cache: RequestCache): Promise<FetchedKeys> {
  const startedAt = context.environment.monotonic()
  const ask = () => request(context, { endpoint: 'jwks', url, cache })
  const first = await ask()
  const answer = isWorthRetrying(first) ? await ask() : first
  const resolver = createLocalJWKSet(toKeySet(answer))
  return { resolver, startedAt, freshUntil: startedAt + toAge(answer) }
}

function toKeySet(answer: EndpointAnswer): JSONWebKeySet {
  if (answer.kind === 'failed') {
    if (answer.reason === 'redirect') throw refuse('redirect_rejected')
    if (answer.reason === 'too_large') throw refuse('jwks_invalid', 'too large')
    throw refuse('jwks_fetch_failed', answer.reason)
  }
  if (answer.status !== 200) throw refuse('jwks_fetch_failed', `status ${answer.status}`)
  const document = isJson(answer.headers) ? parseJsonObject(answer.body) : null
  const keys = document === null ? undefined : ownMember(document, 'keys')
  if (!Array.isArray(keys)) throw refuse('jwks_invalid')
  return { keys: keys.flatMap(toPublicKey) }
}

/** A public RSA or EC signing key, or nothing: symmetric, private, weak and unknown keys are skipped (RFC 8725 3.1). */
function toPublicKey(key: unknown): JWK[] {
  if (typeof key !== 'object' || key === null || Object.hasOwn(key, 'd') || Object.hasOwn(key, 'k')) return []
  const members = ['kty', 'kid', 'use', 'alg', 'n', 'e', 'crv', 'x', 'y']
  const texts = members.flatMap((name) => {
    const value = ownMember(key, name)
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  const jwk: JWK = Object.fromEntries(texts)
  const operations = ownMember(key, 'key_ops')
  if (Array.isArray(operations) && !operations.includes('verify')) return []
  if (jwk.kty === 'EC') return jwk.crv && jwk.x && jwk.y ? [jwk] : []
  // RS256 needs 2048 bits or more (RFC 7518 3.3): 342 characters of base64url.
  return jwk.kty === 'RSA' && jwk.e && (jwk.n?.length ?? 0) >= 342 ? [jwk] : []
}

function toAge(answer: EndpointAnswer): number {
  const header = answer.kind === 'answer' ? answer.headers.get('cache-control') : null
  const seconds = /max-age=(\d+)/i.exec(header ?? '')?.[1]
  const age = seconds === undefined ? DEFAULT_AGE : Number(seconds) * 1000
  return Math.min(LONGEST_AGE, Math.max(SHORTEST_AGE, age))
}

type JwksCode = 'jwks_fetch_failed' | 'jwks_invalid' | 'redirect_rejected'

function refuse(code: JwksCode, detail?: string): SpatioAuthError {
  const retryable = code === 'jwks_fetch_failed'
  return new SpatioAuthError(code, { phase: 'jwks', retryable, detail })
}
