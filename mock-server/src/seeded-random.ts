import type { RandomSource } from './random-source.js'

/** Where a seeded source stands: the next bytes follow from it alone. */
export interface SeededRandomState {
  seed: string
  /** Words drawn so far. */
  position: number
}

/** A source that yields the same bytes after the same seed. */
export interface SeededRandom {
  readonly source: RandomSource
  toState(): SeededRandomState
}

/**
 * Bytes that follow from a seed: two runs that draw alike get alike. They are no secret to anyone who knows the
 * seed, which is what a test wants and nothing else may.
 *
 * @param initial where an earlier source stood; its position counts only under the same seed
 */
export function createSeededRandom(seed: string, initial?: SeededRandomState): SeededRandom {
  const key = toKey(seed)
  let position = initial?.seed === seed ? initial.position : 0
  return {
    source: (length) => {
      const count = Math.ceil(length / 4)
      const bytes = new DataView(new ArrayBuffer(count * 4))
      for (let index = 0; index < count; index += 1) bytes.setUint32(index * 4, toWord(key, position + index))
      position += count
      return new Uint8Array(bytes.buffer, 0, length)
    },
    toState: () => ({ seed, position }),
  }
}

/** A block function in counter mode: one to one for each key, so that no word comes twice in 2^32. */
function toWord(key: readonly [number, number], position: number): number {
  return mix(mix(key[0] + Math.imul(position, 0x9e3779b9)) ^ key[1])
}

function toKey(seed: string): [number, number] {
  let first = 0x811c9dc5
  let second = 0x2545f491
  for (const byte of new TextEncoder().encode(seed)) {
    first = Math.imul(first ^ byte, 0x01000193)
    second = mix(second + byte)
  }
  return [mix(first), mix(second)]
}

/** The finalizer of MurmurHash3: every bit of the input moves half the bits of the output. */
function mix(value: number): number {
  let mixed = value | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
