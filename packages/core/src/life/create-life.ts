import { showEnded, type Front } from '../client/front.js'
import type { Life } from '../client/life.js'
import { endUserSession } from '../client/sign-out.js'
import type { SignIn } from '../client/spatio-auth.js'
import { createContext } from './client-context.js'
import { createActions } from './create-actions.js'
import { finishSignOut } from './finish-sign-out.js'
import { createIdleWatch } from './idle-watch.js'
import { createRefreshSchedule } from './refresh-schedule.js'
import { createRefresher } from './refresher.js'
import { requireUser } from './require-user.js'
import { resume } from './resume.js'
import { createSignInModes } from './sign-in-modes.js'
import { createSilentSignIn } from './silent-sign-in.js'
import { createWatch } from './watch.js'

/** The life chunk: what a session and an action need beside the front, loaded when there is one. */
export function createLife(front: Front): Life {
  const endIfIdle = (): void => {
    if (front.tab.session !== null && idle?.isOver()) void endUserSession(front, 'idle', true)
  }
  const context = createContext(front, {
    watch: () => watch.start(),
    tellInput: (at) => idle?.tell(at),
    endIfIdle,
  })
  const refresher = createRefresher(context, () => schedule.plan())
  const schedule = createRefreshSchedule(context, refresher)
  const idle = createIdleWatch(context.options, context.environment, endIfIdle)
  const silent = createSilentSignIn(context)
  const signIn = createSignInModes(context, silent)
  const watch = createWatch(context, schedule, idle)
  const { tab } = context
  const { generation } = tab
  // What another tab did is shown here. The one that noticed idleness first was only faster.
  tab.onEnded = (reason) =>
    showEnded(front, reason === 'signed-out-elsewhere' && idle?.isOver() ? 'idle' : reason)
  tab.onAdopted = (session) => {
    const { user } = context.view.state.get()
    context.view.showSession(session, null)
    if (user !== null && user.sub !== session.user.sub) context.emit('user_changed', {})
    watch.start()
  }
  context.store.open()
  return {
    ...createActions(context, refresher),
    resume: () => resume(context, { refresher, silent }),
    watch: watch.start,
    signIn: signIn.run,
    requireUser: (requirement) => requireUser(context.view.state.get(), requirement, signIn.run as SignIn),
    finishSignOut: (...ended) => finishSignOut(context, tab.generation === generation, ...ended),
    close: () => {
      for (const part of [watch, schedule, idle, silent, signIn, context.store]) part?.close()
      tab.onAdopted = tab.onEnded = () => undefined
      context.view.showActivity({ isRefreshing: false, pending: null })
    },
  }
}
