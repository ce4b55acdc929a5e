import {
  CompactSign,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
} from 'jose'
import type { Intercept } from './world.js'

type Claims = JWTPayload & Record<string, unknown>

/** What to change in an id_token; it is signed anew with a key that the JWKS holds, so that one thing is wrong. */
export interface Forgery {
  readonly claims?: (claims: Claims) => Claims
  readonly header?: Record<string, unknown>
  /** Changes the payload as it is signed, where claims cannot say it. */
  readonly payload?: (json: string) => string | Uint8Array<ArrayBuffer>
  /** Changes the finished compact form. */
  readonly compact?: (token: string) => string
}

const KID = 'test-signing-key'
const keys = generateKeyPair('RS256', { extractable: true })

/** The public key that signs forgeries, as the JWKS shows it. */
export async function forgeryKey(): Promise<JWK> {
  const { publicKey } = await keys
  return { ...(await exportJWK(publicKey)), kid: KID, use: 'sig', alg: 'RS256' }
}

/** Signs the id_token of every token response anew, with changes. */
export function forgeIdToken(forgery: Forgery): Intercept {
  return (request, forward) => {
    if (request.url.endsWith('/jwks.json')) return withForgeryKey(forward(request))
    if (!request.url.endsWith('/oauth2/token')) return undefined
    return changeJson(forward(request), async (body) => {
      if (typeof body['id_token'] !== 'string') return body
      return { ...body, id_token: await sign(body['id_token'], forgery) }
    })
  }
}

async function sign(idToken: string, { claims, header, payload, compact }: Forgery): Promise<string> {
  const { privateKey } = await keys
  const decoded = decodeJwt(idToken) as Claims
  const json = JSON.stringify(claims?.(decoded) ?? decoded)
  const bytes = payload?.(json) ?? json
  const protectedHeader = { ...decodeProtectedHeader(idToken), alg: 'RS256', kid: KID, ...header }
  const signed = await new CompactSign(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
    .setProtectedHeader(protectedHeader)
    .sign(privateKey)
  return compact?.(signed) ?? signed
}

async function withForgeryKey(response: Promise<Response>): Promise<Response> {
  return changeJson(response, async (set) => ({ keys: [...(set['keys'] as JWK[]), await forgeryKey()] }))
}

/** A JSON answer with its body changed; status and headers stay. */
export async function changeJson(
  answer: Promise<Response>,
  change: (body: Record<string, unknown>) => Promise<unknown> | unknown,
): Promise<Response> {
  const response = await answer
  const changed = await change((await response.json()) as Record<string, unknown>)
  const text = typeof changed === 'string' ? changed : JSON.stringify(changed)
  return new Response(text, { status: response.status, headers: response.headers })
}

/** Changes the JSON of the endpoint whose path ends so. */
export function changeEndpoint(
  path: string,
  change: (body: Record<string, unknown>) => Promise<unknown> | unknown,
): Intercept {
  return (request, forward) => (request.url.endsWith(path) ? changeJson(forward(request), change) : undefined)
}

/** Answers an endpoint in place of the authority. */
export function answerEndpoint(path: string, answer: () => Response | Promise<Response>): Intercept {
  return (request) => (request.url.endsWith(path) ? Promise.resolve(answer()) : undefined)
}
