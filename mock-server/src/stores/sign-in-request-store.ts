import { base64url, jwtVerify, SignJWT } from 'jose'
import type { MockClock } from '../mock-clock.js'
import type { AuthorizationRequest } from '../protocol/authorization-request.js'
import { isConstantTimeEqual } from '../protocol/constant-time-equal.js'
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
  pack(request: AuthorizationRequest): Promise<string>
  /** Undefined for a JWT that is not ours, was changed, or is too old. */
  open(jwt: string): Promise<PendingSignIn | undefined>
  /** True for the first answer to a request and for no later one. */
  take(id: string): boolean
  /** A token that proves the page was shown in this browser for this request. */
  createCsrfToken(id: string, browserId: string): Promise<string>
  isCsrfToken(token: string, id: string, browserId: string): Promise<boolean>
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

/** What a store of requests under way works with. */
export interface SignInRequestTools {
  clock: MockClock
  ids: IdSource
  random: RandomSource
  subtle: SubtleCrypto
}

/** A store of requests under way; `lifetime` in seconds, `initial` what an earlier store's `toState()` gave. */
export function createSignInRequestStore(
  { clock, ids, random, subtle }: SignInRequestTools,
  lifetime: number,
  initial?: SignInRequestState,
): SignInRequestStore {
  const secret = initial ? base64url.decode(initial.secret) : random(32)
  const answered = new Map(initial?.answered.map(({ id, until }) => [id, until]))
  const createCsrfToken = (id: string, browserId: string): Promise<string> =>
    createMac(subtle, secret, `csrf ${id} ${browserId}`)
  return {
    pack: (request) =>
      new SignJWT({ request })
        .setProtectedHeader({ alg: 'HS256', typ: tokenType })
        .setJti(ids('req_'))
        .setExpirationTime(Math.floor(clock.now() / 1000) + lifetime)
        .sign(secret),
    open: (jwt) => openRequest(jwt, secret, clock),
    take: (id) => {
      if (answered.has(id)) return false
      answered.set(id, clock.now() + lifetime * 1000)
      return true
    },
    createCsrfToken,
    isCsrfToken: async (token, id, browserId) =>
      isConstantTimeEqual(token, await createCsrfToken(id, browserId)),
    sweep: (now) => {
      for (const [id, until] of answered) if (until <= now) answered.delete(id)
    },
    toState: () => ({
      secret: base64url.encode(secret),
      answered: [...answered].map(([id, until]) => ({ id, until })),
    }),
  }
}

async function openRequest(
  jwt: string,
  secret: Uint8Array,
  clock: MockClock,
): Promise<PendingSignIn | undefined> {
  try {
    const { payload } = await jwtVerify<{ request: AuthorizationRequest }>(jwt, secret, {
      algorithms: ['HS256'],
      typ: tokenType,
      currentDate: new Date(clock.now()),
      requiredClaims: ['jti', 'exp'],
    })
    return { id: payload.jti ?? '', request: payload.request }
  } catch {
    return undefined
  }
}

async function createMac(subtle: SubtleCrypto, secret: Uint8Array, text: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await subtle.importKey('raw', new Uint8Array(secret), algorithm, false, ['sign'])
  return base64url.encode(new Uint8Array(await subtle.sign('HMAC', key, new TextEncoder().encode(text))))
}
