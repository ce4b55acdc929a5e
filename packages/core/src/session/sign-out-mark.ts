import type { Environment } from '../environment.js'
import type { ResolvedOptions } from '../options.js'
import { storageKey } from '../storage-names.js'

/**
 * Whose sign-out was the last thing that happened in this browser, until the next sign-in removes it. A tab that the
 * browser discarded hears no message; when it comes back with its session it finds this. No claim is stored: a hash of
 * `sub` tells users apart, and nothing more is asked of it.
 */
export interface SignOutMark {
  readonly set: (sub: string) => void
  readonly isSetFor: (sub: string | undefined) => boolean
  /** Any user's. */
  readonly isSet: () => boolean
  readonly clear: () => void
}

export function createSignOutMark(options: ResolvedOptions, environment: Environment): SignOutMark {
  const key = `${storageKey(options)}#signed-out`
  const read = (): string | null => withArea(environment, (area) => area.getItem(key))
  return {
    set: (sub) => withArea(environment, (area) => area.setItem(key, toHash(sub))),
    isSetFor: (sub) => sub !== undefined && read() === toHash(sub),
    isSet: () => read() !== null,
    clear: () => withArea(environment, (area) => area.removeItem(key)),
  }
}

/** The mark is a help, not a duty: a blocked storage is as good as an empty one. */
function withArea<Result>({ openStorage }: Environment, use: (area: Storage) => Result): Result | null {
  try {
    return use(openStorage('local'))
  } catch {
    return null
  }
}

/** FNV-1a, 32 bits. */
function toHash(text: string): string {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(36)
}
