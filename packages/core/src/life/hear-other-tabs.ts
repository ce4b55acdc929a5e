import { showEnded, type Front } from '../client/front.js'
import { toUser } from '../session/user.js'
import type { IdleWatch } from './idle-watch.js'
import type { RefreshSchedule } from './refresh-schedule.js'

/** What another tab did is shown here; a refresh that is under way for the earlier session comes too late. */
export function hearOtherTabs(front: Front, schedule: RefreshSchedule, idle: IdleWatch | null): void {
  const { tab, view, emit } = front
  tab.onAdopted = (session) => {
    const earlier = view.state.get().user
    view.showSession(session, null)
    if (earlier !== null && earlier.sub !== toUser(session.idToken)?.sub) emit('user_changed', {})
    idle?.look()
    schedule.plan()
  }
  tab.onEnded = (reason) => {
    // The tab that noticed first was only faster.
    showEnded(front, reason === 'signed-out-elsewhere' && idle?.isOver() ? 'idle' : reason)
    schedule.plan()
  }
}
