import type { MockClock } from '../mock-clock.js'
import type { KeyGenerator } from './key-generator.js'
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
  /** The keys as plain JSON, private halves included, for a later start. */
  toState(): KeyRingState
}

/** The keys of a ring as plain JSON. */
export interface KeyRingState {
  /** How many keys there have been: what the next one's id counts from. */
  count: number
  active: PrivateSigningJwk
  /** With the milliseconds since the epoch until which each stays published. */
  retired: readonly { jwk: PrivateSigningJwk; until: number }[]
}

/** What a key ring works with. */
export interface KeyRingTools {
  clock: MockClock
  subtle: SubtleCrypto
  generateKey: KeyGenerator
}

interface RingKey {
  jwk: PrivateSigningJwk
  key: SigningKey
}

// Spatio publishes a retired key for the id_token's hour "plus slack"; the length of the slack is ours.
const slack = 300_000

/**
 * A key ring whose first keys are the shipped test keys; later ones are generated. `initial` is what an earlier
 * ring's `toState()` gave.
 */
export function createKeyRing(
  { clock, subtle, generateKey }: KeyRingTools,
  idTokenLifetime: number,
  initial?: KeyRingState,
): KeyRing {
  const toRingKey = (jwk: PrivateSigningJwk): RingKey => ({ jwk, key: createSigningKey(jwk, subtle) })
  let count = initial?.count ?? 1
  let active = toRingKey(initial?.active ?? getFirstKey())
  let retired = (initial?.retired ?? []).map(({ jwk, until }) => ({ ...toRingKey(jwk), until }))
  const next = async (): Promise<RingKey> => {
    const shipped = shippedTestKeys[count]
    count += 1
    return toRingKey(shipped ?? (await generateKey(`spatio-mock-generated-do-not-trust-${count}`)))
  }
  let outsider: Promise<SigningKey> | undefined
  return {
    active: () => active.key,
    published: () => {
      const circulating = retired.filter((entry) => entry.until > clock.now())
      return [active, ...circulating].map(({ key }) => key.publicJwk)
    },
    rotate: async (options) => {
      const following = await next()
      // Only now: two rotations at once each retire the key the other made.
      const old = active
      active = following
      if (options?.retire === 'drop') return
      retired = [{ ...old, until: clock.now() + idTokenLifetime * 1000 + slack }, ...retired]
    },
    unpublished: () => {
      outsider ??= generateKey('spatio-mock-unpublished-do-not-trust').then((jwk) => toRingKey(jwk).key)
      return outsider
    },
    sweep: (now) => {
      retired = retired.filter((entry) => entry.until > now)
    },
    toState: () => ({ count, active: active.jwk, retired: retired.map(toRetiredState) }),
  }
}

function getFirstKey(): PrivateSigningJwk {
  const [first] = shippedTestKeys
  if (!first) throw new TypeError('The package ships at least one key')
  return first
}

function toRetiredState({ jwk, until }: RingKey & { until: number }): KeyRingState['retired'][number] {
  return { jwk, until }
}
