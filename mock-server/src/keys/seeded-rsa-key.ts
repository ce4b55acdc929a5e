import { base64url } from 'jose'
import type { RandomSource } from '../random-source.js'
import type { PrivateSigningJwk } from './shipped-test-keys.js'

const publicExponent = 65_537n
const witnesses = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n]
const smallPrimes = createSmallPrimes(2_000)

/**
 * A 2048 bit RSA key that follows from the random bytes alone (RFC 8017 3). For tests: nothing in here runs in
 * constant time, and the seed is no secret.
 */
export function createSeededRsaKey(kid: string, random: RandomSource): PrivateSigningJwk {
  const p = createPrime(random)
  let q = createPrime(random)
  while (q === p) q = createPrime(random)
  const d = invert(publicExponent, (p - 1n) * (q - 1n))
  return {
    kid,
    kty: 'RSA',
    alg: 'RS256',
    use: 'sig',
    n: toBase64url(p * q),
    e: toBase64url(publicExponent),
    d: toBase64url(d),
    p: toBase64url(p),
    q: toBase64url(q),
    dp: toBase64url(d % (p - 1n)),
    dq: toBase64url(d % (q - 1n)),
    qi: toBase64url(invert(q, p)),
  }
}

/** A prime of 1024 bits whose two highest are set, so that two of them make 2048. */
function createPrime(random: RandomSource): bigint {
  let candidate = toBigInt(random(128)) | (3n << 1022n) | 1n
  while (!isUsable(candidate)) candidate += 2n
  return candidate
}

function isUsable(candidate: bigint): boolean {
  if (smallPrimes.some((prime) => candidate % prime === 0n)) return false
  // The public exponent is prime: this is all it takes to have an inverse.
  if (candidate % publicExponent === 1n) return false
  return isProbablePrime(candidate)
}

/** Miller and Rabin's test: for a candidate that was drawn at random these witnesses are plenty. */
function isProbablePrime(candidate: bigint): boolean {
  let odd = candidate - 1n
  let shift = 0
  while (odd % 2n === 0n) {
    odd /= 2n
    shift += 1
  }
  return witnesses.every((witness) => {
    let power = modularPower(witness, odd, candidate)
    if (power === 1n || power === candidate - 1n) return true
    for (let round = 1; round < shift; round += 1) {
      power = (power * power) % candidate
      if (power === candidate - 1n) return true
    }
    return false
  })
}

function modularPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}

/** The inverse of a number that has one, by Euclid. */
function invert(value: bigint, modulus: bigint): bigint {
  let [remainder, next] = [modulus, value % modulus]
  let [coefficient, nextCoefficient] = [0n, 1n]
  while (next !== 0n) {
    const quotient = remainder / next
    ;[remainder, next] = [next, remainder - quotient * next]
    ;[coefficient, nextCoefficient] = [nextCoefficient, coefficient - quotient * nextCoefficient]
  }
  return coefficient < 0n ? coefficient + modulus : coefficient
}

function createSmallPrimes(limit: number): readonly bigint[] {
  const primes: number[] = []
  for (let candidate = 3; candidate < limit; candidate += 2) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate)
  }
  return primes.map(BigInt)
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`)
}

function toBase64url(value: bigint): string {
  const hex = value.toString(16)
  const pairs = hex.padStart(hex.length + (hex.length % 2), '0').match(/../g) ?? []
  return base64url.encode(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)))
}
