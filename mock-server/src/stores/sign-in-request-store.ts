import { base64url } from 'jose'
import type { MockClock } from '../mock-clock.js'
import type { AuthorizationRequest } from '../protocol/authorization-request.js'
import { isConstantTimeEqual } from '../protocol/constant-time-equal.js'
import { createHs256Jwts, type Hs256Jwts } from '../protocol/hs256-jwt.js'
import { createHmacSha256 } from '../protocol/sha256.js'
import type { IdSource } from '../ids.js'
import type { RandomSource } from '../random-source.js'

/** An authorization request on its way through the consent page, with the id that makes it single-use. */
export interface PendingSignIn {
  id: string
  request: AuthorizationRequest
}

/**
 * Packs authorization requests into signed JWTs, as Spatio does, and reads them back. The JWT carries the
 * whole request, so nothing the page posts besides it can change what was asked.
 */
export interface SignInRequestStore {
  pack(request: AuthorizationRequest): string
  /** Undefined for a JWT that is not ours, was changed, or is too old. */
  open(jwt: string): PendingSignIn | undefined
  /** True for the first answer to a request and for no later one. */
  take(id: string): boolean
  /** A token that proves the page was shown in this browser for this request. */
  createCsrfToken(id: string, browserId: string): string
  isCsrfToken(token: string, id: string, browserId: string): boolean
  sweep(now: number): void
  /** The secret and what has been answered, for a later start: a page shown before it can then be answered. */
  toState(): SignInRequestState
}

/** What a store of requests under way keeps: the requests themselves travel signed. */
export interface SignInRequestState {
  /** base64url */
  secret: string
  /** Ids of answered requests, with the milliseconds since the epoch until which they are remembered. */
  answered: readonly { id: string; until: number }[]
}

// Its own type, so that it can never pass as an id_token; HS256 under a secret of this start.
const tokenType = 'spatio-mock-authorize+jwt'

interface SignedRequest {
  request: AuthorizationRequest
  jti: string
  exp: number
}

/** What a store of requests under way works with. */
export interface SignInRequestTools {
  clock: MockClock
  ids: IdSource
  random: RandomSource
}

/** A store of requests under way; `lifetime` in seconds, `initial` what an earlier store's `toState()` gave. */
export function createSignInRequestStore(
  { clock, ids, random }: SignInRequestTools,
  lifetime: number,
  initial?: SignInRequestState,
): SignInRequestStore {
  const secret = initial ? base64url.decode(initial.secret) : random(32)
  const toHmac = createHmacSha256(secret)
  const jwts = createHs256Jwts(tokenType, toHmac)
  const answered = new Map(initial?.answered.map(({ id, until }) => [id, until]))
  const createCsrfToken = (id: string, browserId: string): string =>
    base64url.encode(toHmac(`csrf ${id} ${browserId}`))
  return {
    pack: (request) => {
      const exp = Math.floor(clock.now() / 1000) + lifetime
      const payload: SignedRequest = { request, jti: ids('req_'), exp }
      return jwts.sign(payload)
    },
    open: (jwt) => openRequest(jwt, jwts, clock),
    take: (id) => {
      if (answered.has(id)) return false
      answered.set(id, clock.now() + lifetime * 1000)
      return true
    },
    createCsrfToken,
    isCsrfToken: (token, id, browserId) => isConstantTimeEqual(token, createCsrfToken(id, browserId)),
    sweep: (now) => {
      for (const [id, until] of answered) if (until <= now) answered.delete(id)
    },
    toState: () => ({
      secret: base64url.encode(secret),
      answered: [...answered].map(([id, until]) => ({ id, until })),
    }),
  }
}

function openRequest(jwt: string, jwts: Hs256Jwts, clock: MockClock): PendingSignIn | undefined {
  // Nobody else has the secret: what it signed is what `pack` wrote.
  const payload = jwts.open(jwt) as SignedRequest | undefined
  if (payload === undefined || payload.exp <= Math.floor(clock.now() / 1000)) return undefined
  return { id: payload.jti, request: payload.request }
}
