/** Yields `length` random bytes. Injectable, so that a run can be repeated byte for byte. */
export type RandomSource = (length: number) => Uint8Array

// A call to the platform costs the same for 32 bytes as for thousands.
const poolSize = 4_096
let pool = new Uint8Array(0)

/** The platform's cryptographic randomness. No byte of it is given out twice. */
export const secureRandom: RandomSource = (length) => {
  if (length > pool.length) pool = crypto.getRandomValues(new Uint8Array(Math.max(poolSize, length)))
  const bytes = pool.slice(0, length)
  pool = pool.subarray(length)
  return bytes
}
