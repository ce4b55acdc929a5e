import type { User } from './auth-state.js'

/** Tells users apart without a claim: the polynomial of Java's `hashCode`, 32 bits. */
export function toUserMark({ sub }: User): string {
  let hash = 0
  for (const char of sub) hash = Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)
  return (hash >>> 0).toString(36)
}
