import { expect, it } from 'vitest'
import { isSignedOut, markKey, markSignedOut, readMark, tryStorage } from '../../src/session/sign-out-mark.js'
import { endHere, endSession, noticeSignOut, tellEnded } from '../../src/session/end-session.js'
import { remaining } from '../../src/session/tab-lifetime.js'
import { restoreSession } from '../../src/session/stored-session.js'
import type { TabMessage } from '../../src/session/session-channel.js'
import { toUserMark } from '../../src/session/user-mark.js'
import { flush } from '../kit/flush.js'
import { CLIENT_ID, ISSUER } from '../kit/protocol-page.js'
import { refusal, refusalOf } from '../kit/refusal.js'
import { SESSION } from '../kit/renewal-page.js'
import { openTabPage, type TabPage } from '../kit/tab-page.js'

const KEY = `spatio.auth:${ISSUER}:${CLIENT_ID}`
const MARK = `${KEY}#signed-out`
const store = ({ tab }: TabPage, record: unknown = SESSION) =>
  tab.sessionStorage.setItem(KEY, typeof record === 'string' ? record : JSON.stringify(record))
const other = { ...SESSION, id: 'session-2' }

it('restores the stored session, and tells the other tabs of its revision', async () => {
  const page = openTabPage()
  store(page)
  page.session.arrivedAt = 7
  await restoreSession(page.session)
  await flush()
  expect(page.session).toMatchObject({ session: SESSION, arrivedAt: null })
  expect(page.events).toEqual([])
})

it.each<[string, string | null, string | null]>([
  ['nothing', null, null],
  ['the record of another client, which it leaves', JSON.stringify({ ...SESSION, clientId: 'x' }), 'kept'],
])('restores nobody from %s', async (_name, text, left) => {
  const page = openTabPage()
  if (text !== null) store(page, text)
  await restoreSession(page.session)
  expect(page.session.session).toBeNull()
  expect(page.tab.sessionStorage.getItem(KEY) === text).toBe(true)
  expect([left === null ? null : 'kept', page.events]).toEqual([left, []])
})

it('removes a corrupt record, and tells', async () => {
  const page = openTabPage()
  store(page, '{')
  await restoreSession(page.session)
  expect(page.session.session).toBeNull()
  expect(page.tab.sessionStorage.length).toBe(0)
  expect(page.events).toEqual([['storage_degraded', { code: 'storage_corrupt' }]])
})

it('knows nothing of a storage that gives no answer, and says so', async () => {
  const page = openTabPage()
  Object.assign(page.session, {
    storage: { ...page.session.storage, read: () => Promise.reject(new Error('x')) },
  })
  expect(await refusalOf(() => restoreSession(page.session))).toEqual(
    refusal('storage', 'storage_unavailable', { retryable: true }),
  )
  expect(page.events).toEqual([['storage_degraded', { code: 'storage_unavailable' }]])
})

it('removes the record of a session whose user signed out while this tab slept', async () => {
  const page = openTabPage()
  store(page)
  markSignedOut(page.session, SESSION)
  await restoreSession(page.session)
  expect(page.session.session).toBeNull()
  expect(page.tab.sessionStorage.length).toBe(0)
})

it('marks a sign-out by a hash, apart for each user', () => {
  const page = openTabPage()
  expect([readMark(page.session), isSignedOut(page.session, SESSION)]).toEqual([null, false])
  markSignedOut(page.session, { ...SESSION, userMark: toUserMark({ sub: 'usr_2' }) })
  expect(isSignedOut(page.session, SESSION)).toBe(false)
  markSignedOut(page.session, SESSION)
  expect(isSignedOut(page.session, SESSION)).toBe(true)
  expect(markKey(page.session)).toBe(MARK)
  // 32 bits, so nothing is read back from it.
  expect(page.tab.browser.localStorage.entries()).toEqual([[MARK, javaHash('usr_1')]])
})

/** By BigInt, to say the same in another way. */
function javaHash(text: string): string {
  let hash = 0n
  for (const char of text) hash = (hash * 31n + BigInt(char.codePointAt(0) ?? 0)) & 0xffffffffn
  return hash.toString(36)
}

it('does without a storage that is blocked', () => {
  const page = openTabPage()
  page.tab.storageError = new DOMException('no', 'SecurityError')
  markSignedOut(page.session, SESSION)
  expect(readMark(page.session)).toBeNull()
  expect(isSignedOut(page.session, SESSION)).toBe(false)
  expect(tryStorage(page.session, 'session', () => 7)).toBeNull()
  page.tab.storageError = null
  expect(tryStorage(page.session, 'session', () => 7)).toBe(7)
})

/** What the other tabs hear. */
function listen(page: TabPage): TabMessage[] {
  const heard: TabMessage[] = []
  const channel = page.tab.browser.open().environment().openChannel(KEY)
  if (channel !== null) channel.onmessage = ({ data }: MessageEvent<TabMessage>) => heard.push(data)
  return heard
}

it.each<['session' | 'tab', unknown[], boolean]>([
  ['session', [{ kind: 'signed_out', id: SESSION.id, sub: null }], true],
  ['tab', [], false],
])('ends a session as far as %s reaches', async (reach, told, isEnded) => {
  const page = openTabPage()
  const heard = listen(page)
  store(page)
  await restoreSession(page.session)
  const ending = endSession(page.session, reach)
  expect(page.session).toMatchObject({ session: null, arrivedAt: null })
  expect(page.session.endedIds.has(SESSION.id)).toBe(true)
  await ending
  await flush()
  expect(page.tab.sessionStorage.length).toBe(0)
  expect(heard).toEqual(told)
  expect((await page.revisions.query(SESSION.id)).isEnded).toBe(isEnded)
  expect(page.ended).toEqual([])
})

it('tells the other tabs which user has signed out', async () => {
  const page = openTabPage()
  const heard = listen(page)
  tellEnded(page.session, SESSION, 'usr_1')
  await flush()
  expect(heard).toEqual([{ kind: 'signed_out', id: SESSION.id, sub: 'usr_1' }])
  expect((await page.revisions.query(SESSION.id)).isEnded).toBe(true)
})

it('ends nothing twice', async () => {
  const page = openTabPage()
  const heard = listen(page)
  await endSession(page.session, 'session')
  endHere(page.session, 'revoked')
  noticeSignOut(page.session)
  await flush()
  expect([heard, page.ended]).toEqual([[], []])
})

it('removes no record that has taken the place of the one that ended', async () => {
  const page = openTabPage({ storage: 'local' })
  page.session.session = SESSION
  page.tab.browser.localStorage.setItem(KEY, JSON.stringify(other))
  await endSession(page.session, 'session')
  expect(JSON.parse(page.tab.browser.localStorage.getItem(KEY) ?? '')).toEqual(other)
  page.session.session = other
  await endSession(page.session, 'session')
  expect(page.tab.browser.localStorage.getItem(KEY)).toBeNull()
})

it('removes a corrupt record with the session that ends, and cannot fail', async () => {
  const page = openTabPage({ storage: 'local' })
  page.session.session = SESSION
  page.tab.browser.localStorage.setItem(KEY, '{')
  await endSession(page.session, 'session')
  expect(page.tab.browser.localStorage.getItem(KEY)).toBeNull()
  page.session.session = SESSION
  Object.assign(page.session.storage, { read: () => Promise.reject(new Error('x')) })
  await expect(endSession(page.session, 'session')).resolves.toBeUndefined()
})

it('notices that the user signed out elsewhere, and tells once', () => {
  const page = openTabPage()
  page.session.session = SESSION
  noticeSignOut(page.session)
  expect(page.ended).toEqual([])
  markSignedOut(page.session, SESSION)
  noticeSignOut(page.session)
  noticeSignOut(page.session)
  expect(page.ended).toEqual(['signed-out-elsewhere'])
  expect(page.session.session).toBeNull()
})

it('counts the lifetime by both clocks', async () => {
  const page = openTabPage()
  expect(remaining(page.session)).toBeNull()
  page.session.session = SESSION
  await page.clock.advance(10_000)
  expect(remaining(page.session)).toBe(50_000)
  page.session.arrivedAt = page.clock.monotonic() - 30_000
  expect(remaining(page.session)).toBe(30_000)
})
