import type { PrivateSigningJwk } from './shipped-test-keys.js'

/** What `jwks.json` says of a key: the members Spatio's JWK schema requires and no private one. */
export interface PublicSigningJwk {
  kty: 'RSA'
  use: 'sig'
  alg: 'RS256'
  kid: string
  n: string
  e: string
}

/** A key that signs id_tokens. Importing waits for the first signature: a start costs nothing. */
export interface SigningKey {
  readonly kid: string
  readonly publicJwk: PublicSigningJwk
  /** The RSASSA-PKCS1-v1_5 SHA-256 signature of the text (RFC 7518 3.3). */
  sign(input: string): Promise<Uint8Array>
}

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

/** A signing key made of its private JWK. */
export function createSigningKey(jwk: PrivateSigningJwk, subtle: SubtleCrypto = crypto.subtle): SigningKey {
  let imported: Promise<CryptoKey> | undefined
  return {
    kid: jwk.kid,
    publicJwk: { kty: 'RSA', use: 'sig', alg: 'RS256', kid: jwk.kid, n: jwk.n, e: jwk.e },
    sign: async (input) => {
      imported ??= subtle.importKey('jwk', jwk, algorithm, false, ['sign'])
      const data = new TextEncoder().encode(input)
      return new Uint8Array(await subtle.sign(algorithm.name, await imported, data))
    },
  }
}
