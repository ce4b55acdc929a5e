import { SpatioAuthError } from '../errors.js'
import { processCallback } from './callback.js'
import type { ClientContext } from './client-context.js'
import type { Refresher } from './refresher.js'
import { signInOnLoad } from './silent-on-load.js'
import type { SilentSignIn } from './silent-sign-in.js'

interface Parts {
  readonly refresher: Refresher
  readonly silent: SilentSignIn
}

/** Finishes a callback, asks the authority in silence, or renews what has expired: before anything is shown. */
export async function resume(context: ClientContext, { refresher, silent }: Parts): Promise<void> {
  const { front, store, view, endIfIdle } = context
  // A callback is a sign of life itself, unless it is refused.
  if (front.callback !== null) return processCallback(context, front.callback)
  const isAsking = store.current() === null
  // A client that starts again may have missed what other tabs did.
  await store.sync()
  if (context.isDisposed()) return
  endIfIdle()
  const session = store.current()
  if (session !== null && store.remaining() !== 0) return view.showSession(session, null)
  if (session !== null) return renew(context, refresher)
  if (!isAsking) return
  // Somebody may have signed in for all tabs meanwhile: nobody is asked then.
  await store.catchUp()
  // However late this was loaded: what has been shown meanwhile is mended.
  if (store.current() === null) return signInOnLoad(context, silent)
}

/** An expired session is renewed before anything is shown, if that can be done now. */
async function renew({ store, view }: ClientContext, refresher: Refresher): Promise<void> {
  await refresher.refresh('restore').catch((error: unknown) => {
    // The refresher has ended a session that is over; one that only could not be renewed yet is kept.
    const kept = store.current()
    if (kept !== null && error instanceof SpatioAuthError) view.showSession(kept, error)
  })
}
