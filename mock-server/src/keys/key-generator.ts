import type { RandomSource } from '../random-source.js'
import type { PrivateSigningJwk } from './shipped-test-keys.js'

/** Makes an RSA key under the id. */
export type KeyGenerator = (kid: string) => Promise<PrivateSigningJwk>

/** Keys of the platform, which are other ones every time; `modulusLength` in bits. */
export function createPlatformKeyGenerator(subtle: SubtleCrypto, modulusLength = 2048): KeyGenerator {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength,
    publicExponent: new Uint8Array([1, 0, 1]),
  }
  return async (kid) => {
    const { privateKey } = await subtle.generateKey(algorithm, true, ['sign', 'verify'])
    const {
      n = '',
      e = '',
      d = '',
      p = '',
      q = '',
      dp = '',
      dq = '',
      qi = '',
    } = await subtle.exportKey('jwk', privateKey)
    return { kid, kty: 'RSA', alg: 'RS256', use: 'sig', n, e, d, p, q, dp, dq, qi }
  }
}

/** Keys that follow from a seeded source. WebCrypto takes no randomness, so these are computed; loaded when asked. */
export function createSeededKeyGenerator(random: RandomSource): KeyGenerator {
  return async (kid) => (await import('./seeded-rsa-key.js')).createSeededRsaKey(kid, random)
}
