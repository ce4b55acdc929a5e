import { SpatioAuthError } from '../errors.js'
import { parseSession } from './session.js'
import { isSignedOut } from './sign-out-mark.js'
import type { Tab } from './tab.js'

/**
 * Makes the stored session this tab's. A corrupt record is reported and is no session; of a storage that gives no
 * answer nobody knows, so that is an error and not a visitor to be sent to the login.
 * @throws SpatioAuthError `storage_unavailable` (retryable)
 */
export async function restoreSession(tab: Tab): Promise<void> {
  const { storage, emit } = tab
  if (storage === null) return
  const text = await storage.read().catch(() => {
    const code = 'storage_unavailable'
    emit('storage_degraded', { code })
    throw new SpatioAuthError(code, { phase: 'storage', retryable: true })
  })
  const session = parseSession(text, tab.options)
  tab.session = session === 'corrupt' ? null : session
  tab.arrivedAt = null
  if (session === 'corrupt') emit('storage_degraded', { code: 'storage_corrupt' })
  if (session === 'corrupt' || isSignedOut(tab)) await forgetSession(tab)
}

/**
 * Forgets the session in this tab at once; resolves when its record is gone, unless another one has taken its place.
 * Cannot fail.
 */
export async function forgetSession(tab: Tab): Promise<void> {
  const { storage, options, session } = tab
  tab.session = null
  try {
    if (storage?.isShared) {
      const stored = parseSession(await storage.read(), options)
      // Not a newer app's record either.
      if (stored !== 'corrupt' && stored?.id !== session?.id) return
    }
    await storage?.remove()
  } catch {
    // What cannot be read is not restored either.
  }
}
