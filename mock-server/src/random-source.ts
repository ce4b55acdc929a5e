/** Yields `length` random bytes. Injectable, so that a run can be repeated byte for byte. */
export type RandomSource = (length: number) => Uint8Array

/** The platform's cryptographic randomness. */
export const secureRandom: RandomSource = (length) => crypto.getRandomValues(new Uint8Array(length))
