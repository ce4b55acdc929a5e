import { exportJWK, generateKeyPair } from 'jose'
import type { MockClock } from '../mock-clock.js'
import { shippedTestKeys, type PrivateSigningJwk } from './shipped-test-keys.js'
import { createSigningKey, type PublicSigningJwk, type SigningKey } from './signing-key.js'

/** The authority's signing keys: one that signs, and retired ones that are still published. */
export interface KeyRing {
  /** The key that signs new id_tokens. */
  active(): SigningKey
  /** The public keys `jwks.json` lists: the active one first, then the retired ones still in circulation. */
  published(): PublicSigningJwk[]
  /**
   * Makes the next key sign. `keep` (what Spatio does) leaves the old key published until every id_token it
   * signed has expired, `drop` withdraws it at once.
   */
  rotate(options?: { retire?: 'keep' | 'drop' }): Promise<void>
  /** A key outside the set: it signs well, and nobody can know it. */
  unpublished(): Promise<SigningKey>
  /** Forgets retired keys whose tokens have all expired. */
  sweep(now: number): void
}

interface RetiredKey {
  key: SigningKey
  until: number
}

// Spatio publishes a retired key for the id_token's hour "plus slack"; the length of the slack is ours.
const slack = 300_000

/** A key ring whose first keys are the shipped test keys; later ones are generated. */
export function createKeyRing(clock: MockClock, idTokenLifetime: number): KeyRing {
  let count = 0
  let retired: RetiredKey[] = []
  const nextShipped = (): SigningKey | undefined => {
    const jwk = shippedTestKeys[count]
    if (!jwk) return undefined
    count += 1
    return createSigningKey(jwk)
  }
  const next = async (): Promise<SigningKey> => {
    const shipped = nextShipped()
    if (shipped) return shipped
    count += 1
    return createSigningKey(await generateKey(`spatio-mock-generated-do-not-trust-${count}`))
  }
  const first = nextShipped()
  if (!first) throw new TypeError('The package ships at least one key')
  let active = first
  let outsider: Promise<SigningKey> | undefined
  return {
    active: () => active,
    published: () => {
      const circulating = retired.filter((entry) => entry.until > clock.now())
      return [active, ...circulating.map((entry) => entry.key)].map((key) => key.publicJwk)
    },
    rotate: async (options) => {
      const old = active
      active = await next()
      if (options?.retire === 'drop') return
      retired = [{ key: old, until: clock.now() + idTokenLifetime * 1000 + slack }, ...retired]
    },
    unpublished: () => {
      outsider ??= generateKey('spatio-mock-unpublished-do-not-trust').then(createSigningKey)
      return outsider
    },
    sweep: (now) => {
      retired = retired.filter((entry) => entry.until > now)
    },
  }
}

async function generateKey(kid: string): Promise<PrivateSigningJwk> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 })
  const { n = '', e = '', ...rest } = await exportJWK(privateKey)
  return { ...rest, n, e, kid, kty: 'RSA', alg: 'RS256', use: 'sig' }
}
