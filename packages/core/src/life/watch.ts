import { endHere } from '../session/stored-session.js'
import type { ClientContext } from './client-context.js'
import type { RefreshSchedule } from './refresh-schedule.js'

/** How long after its start a signed-in page fetches the engine that its next refresh will need (ms). */
const IDLE_LOAD = 1000

export interface Watch {
  readonly start: () => void
  readonly close: () => void
}

/** Keeps a session alive, and fetches at idle what its next refresh needs. */
export function createWatch(context: ClientContext, schedule: RefreshSchedule): Watch {
  let cancelIdleLoad: (() => void) | null = null
  return {
    start: () => {
      schedule.plan()
      if (cancelIdleLoad !== null) return
      // The next refresh must not need code from the network: a deploy may delete the chunk, a train enter a tunnel.
      const load = () => void context.loadEngine().catch(() => undefined)
      cancelIdleLoad = context.environment.setTimer(load, IDLE_LOAD)
      void catchUp(context)
    },
    close: () => cancelIdleLoad?.(),
  }
}

/** What the other tabs told while nobody listened here. */
async function catchUp({ front, store }: ClientContext): Promise<void> {
  const { tab } = front
  const id = tab.session?.id ?? ''
  const { isEnded } = await tab.revisions.query(id)
  if (front.isDisposed) return
  if (isEnded && tab.session?.id === id) endHere(tab, 'signed-out-elsewhere')
  await store.sync()
}
