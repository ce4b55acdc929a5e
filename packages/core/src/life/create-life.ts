import { showEnded, type Front } from '../client/front.js'
import type { Life } from '../client/life.js'
import { endUserSession } from '../client/sign-out.js'
import { createContext } from './client-context.js'
import { disconnectApp } from './disconnect-app.js'
import { createIdleWatch } from './idle-watch.js'
import { introspect } from './introspect.js'
import { refreshedToken } from './refreshed-token.js'
import { createRefreshSchedule } from './refresh-schedule.js'
import { createRefresher } from './refresher.js'
import { repeatRefused } from './repeat-refused.js'
import { repeatRevocation } from './repeat-revocation.js'
import { resume } from './resume.js'
import { createSignInModes } from './sign-in-modes.js'
import { createSilentSignIn } from './silent-sign-in.js'
import { getUserInfo } from './user-info.js'
import { createWatch } from './watch.js'

/** The life chunk: what a session and an action need beside the front, loaded when there is one. */
export function createLife(front: Front): Life {
  const { tab } = front
  const endIfIdle = (): void => {
    if (tab.session !== null && idle?.isOver()) void endUserSession(front, 'idle', true)
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
  context.store.open()
  // The tab that noticed first was only faster.
  tab.onEnded = (reason) =>
    showEnded(front, reason === 'signed-out-elsewhere' && idle?.isOver() ? 'idle' : reason)
  return {
    resume: () => resume(context, { refresher, silent }),
    watch: watch.start,
    endIfIdle,
    signIn: signIn.run,
    refreshedToken: (options) => refreshedToken(context, refresher, options),
    repeatRefused: (refused, getToken) =>
      repeatRefused(refused, context.store.current()?.accessToken ?? null, getToken),
    repeatRevocation: (failed, repeat) => repeatRevocation(context.environment, failed, repeat),
    disconnectApp: (authorizedFetch) => disconnectApp(context, authorizedFetch),
    getUserInfo: (accessToken) => getUserInfo(context, accessToken),
    introspect: (accessToken, token) => introspect(context, accessToken, token),
    close: () => {
      for (const part of [watch, schedule, idle, silent, signIn, context.store]) part?.close()
    },
  }
}
