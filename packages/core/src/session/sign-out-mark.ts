import type { FrontEnvironment } from '../environment.js'
import { itemKey } from '../storage-names.js'
import type { Session } from './session.js'
import type { Tab } from './tab.js'

/*
 * Whose sign-out was the last thing that happened in this browser, until the next sign-in removes it. A tab that the
 * browser discarded hears no message; when it comes back with its session it finds this. No claim is stored: a hash of
 * `sub` tells users apart, and nothing more is asked of it.
 */

export function markSignedOut(tab: Tab, session: Session): void {
  tryStorage(tab, 'local', (area) => area.setItem(markKey(tab), session.userMark))
}

/** The user of the session signed out in this browser, and this tab may have slept through it. */
export function isSignedOut(tab: Tab, session: Session | null = tab.session): boolean {
  return readMark(tab) === session?.userMark
}

/** Whose mark is set, if any. */
export function readMark(tab: Tab): string | null {
  return tryStorage(tab, 'local', (area) => area.getItem(markKey(tab)))
}

export function markKey({ options }: Tab): string {
  return itemKey(options, 'signed-out')
}

/** What is kept there is a help, not a duty: a blocked storage is as good as an empty one. */
export function tryStorage<Result>(
  { environment }: { readonly environment: FrontEnvironment },
  place: 'session' | 'local',
  use: (area: Storage) => Result,
): Result | null {
  try {
    return use(environment.openStorage(place))
  } catch {
    return null
  }
}
