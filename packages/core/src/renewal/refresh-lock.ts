import type { Environment } from '../environment.js'
import { storageKey } from '../storage-names.js'
import type { ResolvedOptions } from '../options.js'

/**
 * Runs `task` as the only refresh of this session in the browser. Without Web Locks it just runs: single
 * flight in the tab is then all there is. Null when the lock was not free within `lockTimeout`.
 */
export async function withRefreshLock<Result>(
  options: ResolvedOptions,
  { locks, setTimer }: Environment,
  sessionId: string,
  task: () => Promise<Result>,
): Promise<Result | null> {
  if (locks === null) return task()
  const waiting = new AbortController()
  const { signal } = waiting
  const cancel = setTimer(() => waiting.abort(), options.lockTimeout * 1000)
  let isHeld = false
  const name = `${storageKey(options)}#${sessionId}#refresh`
  try {
    return await locks.request(name, { signal }, () => {
      isHeld = true
      cancel()
      return task()
    })
  } catch (error) {
    cancel()
    if (isHeld) throw error
    // A sandboxed frame refuses locks altogether; a wait that ran out is no leave to go without.
    return signal.aborted ? null : task()
  }
}
