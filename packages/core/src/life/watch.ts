import type { ClientContext } from './client-context.js'
import type { IdleWatch } from './idle-watch.js'
import type { RefreshSchedule } from './refresh-schedule.js'

/** How long after its start a signed-in page fetches the engine that its next refresh will need (ms). */
const IDLE_LOAD = 1000

export interface Watch {
  readonly start: () => void
  readonly close: () => void
}

/** Keeps a session alive, and fetches at idle what its next refresh needs. */
export function createWatch(
  context: ClientContext,
  schedule: RefreshSchedule,
  idle: IdleWatch | null,
): Watch {
  const { environment, store, view, isDisposed } = context
  let cancelIdleLoad: (() => void) | null = null
  let watchedId: string | null = null
  return {
    start: () => {
      if (isDisposed()) return
      const session = store.current()
      // Another tab may have signed in for all.
      if (session === null) return void store.catchUp()
      // Whoever signed in was there: a tab that has been idle must not end what has just begun in another one.
      if (watchedId !== null && watchedId !== session.id) idle?.tell(session.receivedAt)
      watchedId = session.id
      idle?.look()
      // Not shown until now, because nobody could tell how long its user has been away.
      if (view.state.get().status === 'error') showKept(context)
      schedule.plan()
      void store.catchUp()
      if (cancelIdleLoad !== null) return
      // The next refresh must not need code from the network: a deploy may delete the chunk, a train enter a tunnel.
      const load = () => void context.loadEngine().catch(() => undefined)
      cancelIdleLoad = environment.setTimer(load, IDLE_LOAD)
    },
    close: () => cancelIdleLoad?.(),
  }
}

function showKept({ store, view }: ClientContext): void {
  const session = store.current()
  if (session !== null) view.showSession(session, null)
}
