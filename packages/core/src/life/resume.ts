import { SpatioAuthError } from '../errors.js'
import { processCallback } from './callback.js'
import type { ClientContext } from './client-context.js'
import type { IdleWatch } from './idle-watch.js'
import type { Refresher } from './refresher.js'
import { signInOnLoad } from './silent-on-load.js'
import type { SilentSignIn } from './silent-sign-in.js'

interface Parts {
  readonly refresher: Refresher
  readonly silent: SilentSignIn
  readonly idle: IdleWatch | null
}

/** Finishes a callback, asks the authority in silence, or renews what has expired: before anything is shown. */
export async function resume(context: ClientContext, { refresher, silent, idle }: Parts): Promise<void> {
  const { front, store, view, options } = context
  idle?.look()
  if (front.callback !== null) return processCallback(context, front.callback)
  const isNew = store.current() === null && view.state.get().status === 'loading'
  if (isNew && options.silentOnLoad !== 'off') return signInOnLoad(context, silent)
  return showRestored(context, refresher)
}

/** Shows what was restored; an expired session is renewed before anything is shown, if that can be done now. */
async function showRestored({ store, view }: ClientContext, refresher: Refresher): Promise<void> {
  const session = store.current()
  // The session was found to be over, and the state says why.
  if (session === null) return
  if (store.remaining() !== 0) return view.showSession(session, null)
  await refresher.refresh('restore').catch((error: unknown) => {
    // The refresher has ended a session that is over; one that only could not be renewed yet is kept.
    const kept = store.current()
    if (kept !== null && error instanceof SpatioAuthError) view.showSession(kept, error)
  })
}
