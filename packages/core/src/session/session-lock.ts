import type { Environment } from '../environment.js'
import type { ResolvedOptions } from '../options.js'
import { storageKey } from '../storage-names.js'

/**
 * Holds a shared lock that tells a fact about a session until the returned function is called or the page ends.
 *
 * Such facts must be seen by the next holder of the session's lock. In Chromium localStorage is not ordered with Web
 * Locks: a read inside a freshly granted lock can be stale. Lock names are ordered with locks, so the newest revision,
 * and that a session ended, are told by shared locks whose names carry them.
 */
export function tellByLock(
  options: ResolvedOptions,
  { locks }: Environment,
  id: string,
  fact: number | 'end',
): Promise<() => void> {
  return new Promise((resolve) => {
    const hold = () => new Promise<void>((letGo) => resolve(letGo))
    const name = lockPrefix(options, id) + fact
    const refused = () => resolve(() => undefined)
    if (locks === null) refused()
    else void locks.request(name, { mode: 'shared' }, hold).catch(refused)
  })
}

/** What the names of a session's locks begin with. */
export function lockPrefix(options: ResolvedOptions, id: string): string {
  return `${storageKey(options)}#${id}#`
}
