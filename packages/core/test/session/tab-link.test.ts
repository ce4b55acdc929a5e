import { expect, it } from 'vitest'
import type { SpatioAuthOptions } from '../../src/options.js'
import type { TabMessage } from '../../src/session/session-channel.js'
import { markSignedOut } from '../../src/session/sign-out-mark.js'
import { adopt, createTabLink } from '../../src/session/tab-link.js'
import { flush } from '../kit/flush.js'
import { CLIENT_ID, ISSUER } from '../kit/protocol-page.js'
import { SESSION } from '../kit/renewal-page.js'
import { openTabPage, type TabPage } from '../kit/tab-page.js'

const KEY = `spatio.auth:${ISSUER}:${CLIENT_ID}`
const NEWER = { ...SESSION, revision: 4, accessToken: 'tok_2' }
const OTHER = { ...SESSION, id: 'session-2', revision: 1 }

/** Two tabs of one browser, the first with the session and its link open. */
function open(
  options: Partial<SpatioAuthOptions> = { storage: 'local' },
  held: typeof SESSION | null = SESSION,
) {
  const page = openTabPage(options)
  const second = page.openSecond()
  const link = createTabLink(page.session)
  link.open()
  page.session.session = held
  const say = async (message: TabMessage) => {
    second.session.post(message)
    await flush()
  }
  return { ...page, second, link, say }
}
const place = ({ tab }: TabPage, record: unknown) =>
  tab.browser.localStorage.setItem(KEY, typeof record === 'string' ? record : JSON.stringify(record))
const told = ({ events }: TabPage) => events.filter(([type]) => type === 'tab_message').map(([, it]) => it)

it.each<[string, TabMessage, boolean]>([
  ['its session', { kind: 'signed_out', id: SESSION.id, sub: null }, true],
  ['its user, in another session', { kind: 'signed_out', id: 'session-2', sub: 'usr_1' }, true],
  ['another user', { kind: 'signed_out', id: 'session-2', sub: 'usr_2' }, false],
  ['another session of nobody named', { kind: 'signed_out', id: 'session-2', sub: null }, false],
  ['a hand-over of its session', { kind: 'hand_over_request', id: SESSION.id, revision: 3 }, false],
])('ends with the sign-out of %s only', async (_name, message, isEnded) => {
  const page = open()
  await page.say(message)
  expect(page.ended).toEqual(isEnded ? ['signed-out-elsewhere'] : [])
  expect(page.session.session === null).toBe(isEnded)
  expect(page.session.endedIds.has(message.id)).toBe(message.kind === 'signed_out')
  expect(told(page)).toEqual([{ kind: message.kind }])
})

it('remembers which session ended when it has none', async () => {
  const page = open({}, null)
  await page.say({ kind: 'signed_out', id: 'session-2', sub: null })
  expect([page.session.endedIds.has('session-2'), page.ended]).toEqual([true, []])
})

it('passes messages on until a listener leaves, or the link is closed', async () => {
  const page = open()
  const heard: string[] = []
  const message = { kind: 'hand_over_request', id: 'a', revision: 1 } as const
  const leave = page.link.onMessage(() => heard.push('first'))
  page.link.onMessage(() => heard.push('second'))
  await page.say(message)
  leave()
  await page.say(message)
  page.link.open()
  await page.say(message)
  page.link.close()
  page.link.close()
  await page.say(message)
  expect(heard).toEqual(['first', 'second', 'second', 'second'])
  page.link.open()
  await page.say(message)
  expect(heard).toHaveLength(5)
})

it('tells the other tabs by its own channel while it is open, and by one of the moment before and after', async () => {
  const page = open()
  const heard: TabMessage[] = []
  const channel = page.second.tab.environment().openChannel(KEY)
  if (channel !== null) channel.onmessage = ({ data }: MessageEvent<TabMessage>) => heard.push(data)
  const message = { kind: 'hand_over_request', id: 'a', revision: 1 } as const
  page.session.post(message)
  page.link.close()
  page.session.post(message)
  await flush()
  expect(heard).toEqual([message, message])
})

it.each<[string, unknown, string[]]>([
  ['newer revision', NEWER, []],
  ['sign-in', OTHER, []],
])("becomes another tab's %s when storage tells", async (_name, record) => {
  const page = open()
  page.second.session.environment.openStorage('local').setItem(KEY, JSON.stringify(record))
  await flush()
  expect(page.session).toMatchObject({ session: record, arrivedAt: page.clock.monotonic() })
  expect(page.adopted).toEqual([record])
  expect(told(page)).toEqual([{ kind: 'session_changed' }])
})

it.each<[string, (storage: Storage) => void, string[]]>([
  ['is cleared', (storage) => storage.clear(), ['storage-cleared']],
  ['loses the record', (storage) => storage.removeItem(KEY), ['signed-out-elsewhere']],
  ['loses a record of the app', (storage) => storage.removeItem('app'), []],
  ['has a corrupt record', (storage) => storage.setItem(KEY, '{'), []],
  ['has the record of another client', (storage) => storage.setItem(KEY, '{"version":1}'), []],
])('ends only when there is nothing left: storage %s', async (_name, change, ended) => {
  const page = open()
  place(page, SESSION)
  page.tab.browser.localStorage.setItem('app', 'its own')
  change(page.second.session.environment.openStorage('local'))
  await flush()
  expect([page.ended, page.adopted]).toEqual([ended, []])
})

it.each<[string, Partial<SpatioAuthOptions>, (page: TabPage) => void]>([
  ['whose session is its own', { storage: 'session' }, () => undefined],
  ['whose session could not be stored', { storage: 'local' }, (page) => (page.session.isInMemory = true)],
])('is not moved by storage in a tab %s', async (_name, options, prepare) => {
  const page = open(options)
  prepare(page)
  const storage = page.second.tab.environment().openStorage('local')
  storage.setItem(KEY, JSON.stringify(NEWER))
  storage.clear()
  await flush()
  expect([page.session.session, page.ended]).toEqual([SESSION, []])
})

it('is not moved by the storage of the tab alone, nor after it is closed', async () => {
  const page = open()
  page.link.receiveStorageEvent(
    Object.assign(new Event('storage'), {
      key: null,
      storageArea: page.tab.sessionStorage as Storage,
    }) as StorageEvent,
  )
  page.link.close()
  page.second.session.environment.openStorage('local').clear()
  await flush()
  expect(page.ended).toEqual([])
})

it.each<[string, unknown, typeof SESSION | null, string[]]>([
  ['goes on with a newer revision', NEWER, NEWER, []],
  ['goes on with another sign-in', OTHER, OTHER, []],
  ['keeps what it has', SESSION, SESSION, []],
  ['ends without a record', null, null, ['signed-out-elsewhere']],
  ['ends with a corrupt record', '{', null, ['signed-out-elsewhere']],
])('compares with storage when it wakes up: %s', async (_name, record, expected, ended) => {
  const page = open()
  if (record !== null) place(page, record)
  await page.link.sync()
  expect([page.session.session, page.ended]).toEqual([expected, ended])
})

it('does not compare what is not shared, not stored, or cannot be read, and needs no session', async () => {
  const own = open({ storage: 'session' })
  await own.link.sync()
  const inMemory = open()
  inMemory.session.isInMemory = true
  await inMemory.link.sync()
  const blocked = open()
  Object.assign(blocked.session.storage, { read: () => Promise.reject(new Error('x')) })
  await blocked.link.sync()
  for (const page of [own, inMemory, blocked])
    expect([page.session.session, page.ended]).toEqual([SESSION, []])
  const empty = open({ storage: 'local' }, null)
  place(empty, SESSION)
  await empty.link.sync()
  expect(empty.session.session).toBeNull()
})

it('notices a sign-out that it slept through, wherever the session is kept', async () => {
  const page = open({ storage: 'session' })
  markSignedOut(page.session, 'usr_1')
  await page.link.sync()
  expect(page.ended).toEqual(['signed-out-elsewhere'])
})

it('waits for storage to catch up with a revision that was told', async () => {
  const page = open()
  place(page, SESSION)
  let read: unknown
  void page.link.readShared(SESSION.id, 4).then((found) => (read = found))
  await page.clock.advance(500)
  expect(read).toBeUndefined()
  place(page, NEWER)
  await page.clock.advance(10)
  expect(read).toEqual(NEWER)
})

it('gives up after a second', async () => {
  const page = open()
  place(page, SESSION)
  let read: unknown
  void page.link.readShared(SESSION.id, 4).then((found) => (read = found))
  await page.clock.advance(999)
  expect(read).toBeUndefined()
  await page.clock.advance(1)
  expect(read).toBeNull()
})

it.each<[string, unknown, number, unknown]>([
  ['takes another session at once', OTHER, 4, OTHER],
  ['takes a later revision', { ...SESSION, revision: 5 }, 4, { ...SESSION, revision: 5 }],
  ['waits for none where nobody told of one', null, -1, null],
  ['waits for none where nobody told of one and the record is corrupt', '{', -1, null],
])('%s', async (_name, record, revision, expected) => {
  const page = open()
  if (record !== null) place(page, record)
  expect(await page.link.readShared(SESSION.id, revision)).toEqual(expected)
})

it('reads no session that ended, and none from a storage that fails', async () => {
  const page = open()
  place(page, OTHER)
  page.session.endedIds.add(OTHER.id)
  expect(await page.link.readShared(SESSION.id, -1)).toBeNull()
  Object.assign(page.session.storage, { read: () => Promise.reject(new Error('x')) })
  expect(await page.link.readShared(SESSION.id, -1)).toBeNull()
})

it('adopts what is newer, and tells of it so that it outlives the tab that made it', async () => {
  const page = open()
  for (const older of [SESSION, { ...SESSION, revision: 2 }]) adopt(page.session, older)
  page.session.endedIds.add(OTHER.id)
  adopt(page.session, OTHER)
  expect([page.session.session, page.adopted]).toEqual([SESSION, []])
  adopt(page.session, NEWER)
  await flush()
  expect(page.adopted).toEqual([NEWER])
  expect(await page.second.session.revisions.query(SESSION.id)).toMatchObject({ revision: 4 })
})
