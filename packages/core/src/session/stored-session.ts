import { SpatioAuthError } from '../errors.js'
import { parseSession, type Session } from './session.js'
import { isSignedOut } from './sign-out-mark.js'
import type { Tab } from './tab.js'

/**
 * Loads the stored session into this tab. A corrupt record is reported and is no session; of a storage that gives no
 * answer nobody knows, so that is an error and not a visitor to be sent to the login.
 * @throws SpatioAuthError `storage_unavailable` (retryable)
 */
export async function restoreSession(tab: Tab): Promise<void> {
  const { storage, options, emit } = tab
  if (storage === null) return
  const text = await storage.read().catch(() => {
    const code = 'storage_unavailable'
    emit('storage_degraded', { code })
    throw new SpatioAuthError(code, { phase: 'storage', retryable: true })
  })
  const session = parseSession(text, options)
  if (session === null) return
  if (session === 'corrupt') {
    await storage.remove().catch(() => undefined)
    return emit('storage_degraded', { code: 'storage_corrupt' })
  }
  if (isSignedOut(tab, session)) return removeRecord(tab, session.id)
  tab.session = session
  tab.arrivedAt = null
}

/** Forgets the session in this tab at once; resolves when its record is gone. Cannot fail. */
export function forgetSession(tab: Tab, { id }: Session): Promise<void> {
  tab.session = null
  return removeRecord(tab, id)
}

/** Removes the record of a session that is over, and not one that has taken its place. Cannot fail. */
async function removeRecord({ storage, options }: Tab, id: string): Promise<void> {
  try {
    if (storage?.isShared) {
      const stored = parseSession(await storage.read(), options)
      // Not a newer app's record either.
      if (stored !== 'corrupt' && stored?.id !== id) return
    }
    await storage?.remove()
  } catch {
    // What cannot be read is not restored either.
  }
}
