import { base64url, createLocalJWKSet, exportJWK, generateKeyPair, type JWK, type JWTPayload } from 'jose'
import type { JwksSource, KeyResolver } from '../../src/protocol/jwks.js'
import { CLIENT_ID, ISSUER, NOW } from './protocol-page.js'

/** A key of an authority, and what it signs. */
export interface Signer {
  /** The public key, as a JWKS shows it. */
  readonly jwk: JWK
  /**
   * A compact JWS with these claims (text is taken as it is) and these changes of the header; a member that is
   * undefined is left out. By hand, because jose refuses to write what we must refuse to read.
   */
  readonly sign: (claims: unknown, header?: Record<string, unknown>) => Promise<string>
  /** The same of a header and payload that are encoded already. */
  readonly signText: (input: string) => Promise<string>
}

/** The nonce of the sign-in that the tests speak of. */
export const NONCE = 'nonce-1'

/** Claims of an id_token that is good in every respect. */
export const GOOD: JWTPayload = {
  iss: ISSUER,
  aud: CLIENT_ID,
  sub: 'usr_1',
  nonce: NONCE,
  iat: NOW,
  exp: NOW + 3600,
}

export async function createSigner(
  kid?: string,
  alg: 'ES256' | 'RS256' | 'ES384' = 'ES256',
): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const parameters =
    alg === 'RS256' ? { name: 'RSASSA-PKCS1-v1_5' } : { name: 'ECDSA', hash: `SHA-${alg.slice(2)}` }
  const signText = async (input: string): Promise<string> => {
    const signature = await crypto.subtle.sign(parameters, privateKey, new TextEncoder().encode(input))
    return `${input}.${base64url.encode(new Uint8Array(signature))}`
  }
  return {
    jwk: { ...(await exportJWK(publicKey)), ...(kid !== undefined && { kid }), alg, use: 'sig' },
    sign: (claims, header = {}) => {
      const payload = typeof claims === 'string' ? claims : JSON.stringify(claims)
      const head = base64url.encode(JSON.stringify({ alg, kid, ...header }))
      return signText(`${head}.${base64url.encode(payload)}`)
    },
    signText,
  }
}

/** A source of these keys, which has those others when it is asked anew; null: the budget is used up. */
export function sourceOf(
  keys: readonly JWK[],
  refetched: readonly JWK[] | null = null,
): { readonly jwks: JwksSource; readonly asked: string[] } {
  const asked: string[] = []
  const toResolver = (set: readonly JWK[]): KeyResolver => createLocalJWKSet({ keys: [...set] })
  const jwks: JwksSource = {
    get: async (uri) => (asked.push(`get ${uri}`), toResolver(keys)),
    refetch: async (uri) => (asked.push(`refetch ${uri}`), refetched && toResolver(refetched)),
  }
  return { jwks, asked }
}
