import { SpatioAuthError } from '../errors.js'
import type { ClientContext } from './client-context.js'
import type { Refresher } from './refresher.js'

/**
 * Loads the stored session into this tab. A corrupt record is reported and is no session; of a storage that gives no
 * answer nobody knows, so that is an error and not a visitor to be sent to the login.
 * @throws SpatioAuthError `storage_unavailable` (retryable)
 */
export async function restoreSession({ store, emit }: ClientContext): Promise<void> {
  try {
    await store.restore()
  } catch (error) {
    if (!(error instanceof SpatioAuthError)) throw error
    emit('storage_degraded', { code: error.code })
    if (error.code !== 'storage_corrupt') throw error
  }
}

/** Shows what was restored; an expired session is renewed before anything is shown, if that can be done now. */
export async function showRestored(context: ClientContext, refresher: Refresher): Promise<void> {
  const { store, view } = context
  const session = store.current()
  if (session === null) {
    // A sign-out that came first has said why.
    if (view.state.get().status !== 'unauthenticated') view.showSignedOut('initial')
    return
  }
  if (store.remaining() !== 0) return view.showSession(session, null)
  await refresher.refresh('restore').catch((error: unknown) => {
    // The refresher has ended a session that is over; one that only could not be renewed yet is kept.
    const kept = store.current()
    if (kept !== null && error instanceof SpatioAuthError) view.showSession(kept, error)
  })
}
