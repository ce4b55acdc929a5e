import type { Grant } from './grant.js'

/**
 * Tokens of one kind that a grant keeps. A client that refreshes without end, in no time, would fill the memory
 * before anything expires. The oldest are forgotten: they are refused as unknown ones are, only a refresh token
 * reused after a thousand others no longer ends its family.
 */
export const maximumFamilySize = 1_000

/** Adds tokens to the map, and forgets the oldest of a grant past the limit. */
export function createFamilyLimit<T extends { token: string; grant: Grant }>(
  byToken: Map<string, T>,
): (record: T) => void {
  const issued = new WeakMap<Grant, string[]>()
  const add = (record: T): void => {
    byToken.set(record.token, record)
    const tokens = issued.get(record.grant) ?? []
    issued.set(record.grant, tokens)
    tokens.push(record.token)
    const oldest = tokens.length > maximumFamilySize ? tokens.shift() : undefined
    if (oldest !== undefined) byToken.delete(oldest)
  }
  for (const record of [...byToken.values()]) add(record)
  return add
}
