import type { SpatioAuthOptions } from '../../src/options.js'
import type { Session } from '../../src/session/session.js'
import { tellByLock } from '../../src/session/session-lock.js'
import { createSessionRevisions, type SessionRevisions } from '../../src/session/session-revision.js'
import { toTabSession, type TabSession } from '../../src/session/tab-session.js'
import { openTab } from '../../src/session/tab.js'
import type { FakeTab } from './fake-browser.js'
import { offline, openProtocolPage, type ProtocolPage } from './protocol-page.js'

/** A tab with its part of the session, and what it was told. */
export interface TabPage extends ProtocolPage {
  readonly session: TabSession
  /** Why its session ended by the word of another tab. */
  readonly ended: string[]
  readonly adopted: Session[]
  /** What all tabs tell of sessions by their locks, and this one beside its session. */
  readonly revisions: SessionRevisions
  readonly tellEnd: (id: string) => Promise<unknown>
  /** Another tab of the same browser, in which the same client runs. */
  readonly openSecond: () => TabPage
}

export function openTabPage(
  options: Partial<SpatioAuthOptions> = {},
  prepare: (tab: FakeTab) => void = () => undefined,
): TabPage {
  const page = openProtocolPage(offline, options)
  prepare(page.tab)
  return toTabPage(page)
}

function toTabPage(page: ProtocolPage): TabPage {
  const { context, tab, events } = page
  const environment = tab.environment()
  const session = toTabSession(
    openTab(context.options, environment, context.emit),
    context.options,
    environment,
  )
  const ended: string[] = []
  const adopted: Session[] = []
  session.onEnded = (reason) => void ended.push(reason)
  session.onAdopted = (newer) => void adopted.push(newer)
  const openSecond = () => toTabPage({ ...page, tab: tab.browser.open(), events })
  const { options } = session
  const revisions = createSessionRevisions(options, environment)
  const tellEnd = (id: string) => tellByLock(options, environment, id, 'end')
  return { ...page, session, ended, adopted, revisions, tellEnd, openSecond }
}
