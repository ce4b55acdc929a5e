import { base64url } from 'jose'

/** Yields `length` random bytes. Injectable, so that a run can be repeated byte for byte. */
export type RandomSource = (length: number) => Uint8Array

/** The platform's cryptographic randomness. */
export const secureRandom: RandomSource = (length) => crypto.getRandomValues(new Uint8Array(length))

/** `prefix` and 32 random bytes as 43 base64url characters: well above RFC 6749 10.10's 128 bits. */
export function toRandomToken(random: RandomSource, prefix: string): string {
  return prefix + base64url.encode(random(32))
}
