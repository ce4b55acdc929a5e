import { expect, it, vi } from 'vitest'
import type { SpatioAuthOptions } from '../../src/options.js'
import { adopt, receiveStorageEvent, sync } from '../../src/session/shared-record.js'
import { openMemory } from '../../src/session/memory.js'
import { markKey, markSignedOut } from '../../src/session/sign-out-mark.js'
import { flush } from '../kit/flush.js'
import { CLIENT_ID, ISSUER } from '../kit/protocol-page.js'
import { SESSION } from '../kit/renewal-page.js'
import { openTabPage, type TabPage } from '../kit/tab-page.js'

const KEY = `spatio.auth:${ISSUER}:${CLIENT_ID}`
const NEWER = { ...SESSION, revision: 4, accessToken: 'tok_2' }
const OTHER = { ...SESSION, id: 'session-2', revision: 1 }

/** Two tabs of one browser, the first with the session and an ear for storage. */
function open(
  options: Partial<SpatioAuthOptions> = { storage: 'local' },
  held: typeof SESSION | null = SESSION,
) {
  const page = openTabPage(options)
  page.session.environment.listen('storage', (event) => {
    receiveStorageEvent(page.session, event as StorageEvent)
  })
  page.session.session = held
  return { ...page, second: page.openSecond() }
}
const place = ({ tab }: TabPage, record: unknown) =>
  tab.browser.localStorage.setItem(KEY, typeof record === 'string' ? record : JSON.stringify(record))
const told = ({ events }: TabPage) => events.filter(([type]) => type === 'tab_message').map(([, it]) => it)

it.each([
  ['newer revision', NEWER],
  ['sign-in', OTHER],
])("becomes another tab's %s when storage tells", async (_name, record) => {
  const page = open()
  page.second.session.environment.openStorage('local').setItem(KEY, JSON.stringify(record))
  await flush()
  expect(page.session).toMatchObject({ session: record, arrivedAt: page.clock.monotonic() })
  expect(page.adopted).toEqual([record])
  expect(told(page)).toEqual([{ kind: 'session_changed' }])
})

it('takes the sign-in of another tab when nobody is signed in here', async () => {
  const page = open({ storage: 'local' }, null)
  page.second.session.environment.openStorage('local').setItem(KEY, JSON.stringify(OTHER))
  await flush()
  expect(page.adopted).toEqual([OTHER])
})

it.each<[string, (storage: Storage) => void, string[]]>([
  ['is cleared', (storage) => storage.clear(), ['storage-cleared']],
  ['loses the record', (storage) => storage.removeItem(KEY), ['signed-out-elsewhere']],
  ['has a corrupt record', (storage) => storage.setItem(KEY, '{'), ['signed-out-elsewhere']],
  ['has a newer version', (storage) => storage.setItem(KEY, '{"version":2}'), ['signed-out-elsewhere']],
  ['loses a record of the app', (storage) => storage.removeItem('app'), []],
])('ends with the record of all tabs only: storage %s', async (_name, change, ended) => {
  const page = open()
  place(page, SESSION)
  page.tab.browser.localStorage.setItem('app', 'its own')
  change(page.second.session.environment.openStorage('local'))
  await flush()
  expect([page.ended, page.adopted]).toEqual([ended, []])
})

it('leaves the record of a newer version where it is', async () => {
  const page = open()
  page.second.session.environment.openStorage('local').setItem(KEY, '{"version":2}')
  await flush()
  expect(page.tab.browser.localStorage.getItem(KEY)).toBe('{"version":2}')
})

it.each<[string, Partial<SpatioAuthOptions>, (page: TabPage) => void]>([
  ['whose session is its own', { storage: 'session' }, () => undefined],
  [
    'whose session could not be stored',
    { storage: 'local' },
    (page) => (page.session.storage = openMemory()),
  ],
  [
    'whose storage is the app’s own',
    {
      storage: {
        get: async () => JSON.stringify(SESSION),
        set: async () => undefined,
        remove: async () => undefined,
        isShared: true,
      },
    },
    () => undefined,
  ],
])('is not moved by storage in a tab %s', async (_name, options, prepare) => {
  const page = open(options)
  prepare(page)
  const storage = page.second.tab.environment().openStorage('local')
  storage.setItem(KEY, JSON.stringify(NEWER))
  storage.clear()
  await flush()
  expect([page.session.session, page.ended]).toEqual([SESSION, []])
})

it('is not moved by the storage of the tab alone', async () => {
  const page = open()
  place(page, SESSION)
  for (const key of [null, KEY]) receiveStorageEvent(page.session, { key })
  await flush()
  expect(page.ended).toEqual([])
})

it('takes who signs in again after a sign-out when the mark is gone, and not before', async () => {
  const page = open({ storage: 'local' }, null)
  const storage = page.second.session.environment.openStorage('local')
  markSignedOut(page.second.session, SESSION)
  storage.setItem(KEY, JSON.stringify(OTHER))
  await flush()
  expect(page.adopted).toEqual([])
  storage.removeItem(markKey(page.second.session))
  await flush()
  expect(page.adopted).toEqual([OTHER])
})

it('is not signed in by a mark, while the record of what has ended is still there', async () => {
  const page = open({ storage: 'local' }, null)
  place(page, SESSION)
  markSignedOut(page.second.session, SESSION)
  await flush()
  expect(page.adopted).toEqual([])
})

it.each(['session', 'local'] as const)('ends with the mark of a sign-out, in %s storage', async (storage) => {
  const page = open({ storage })
  markSignedOut(page.second.session, SESSION)
  await flush()
  expect(page.ended).toEqual(['signed-out-elsewhere'])
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
  await sync(page.session)
  expect([page.session.session, page.ended]).toEqual([expected, ended])
})

it('parses nothing while the record is what it has', async () => {
  const page = open()
  place(page, SESSION)
  const parse = vi.spyOn(JSON, 'parse')
  await sync(page.session)
  expect(parse).not.toHaveBeenCalled()
  parse.mockRestore()
})

it('does not compare what is not shared, not stored, or cannot be read, and needs no session', async () => {
  const own = open({ storage: 'session' })
  await sync(own.session)
  const inMemory = open()
  inMemory.session.storage = openMemory()
  await sync(inMemory.session)
  const blocked = open()
  Object.assign(blocked.session.storage, { read: () => Promise.reject(new Error('x')) })
  await sync(blocked.session)
  for (const page of [own, inMemory, blocked])
    expect([page.session.session, page.ended]).toEqual([SESSION, []])
  const empty = open({ storage: 'local' }, null)
  place(empty, SESSION)
  await sync(empty.session)
  expect(empty.session.session).toBeNull()
})

it('notices a sign-out that it slept through, wherever the session is kept', async () => {
  const page = open({ storage: 'session' })
  markSignedOut(page.session, SESSION)
  await sync(page.session)
  expect(page.ended).toEqual(['signed-out-elsewhere'])
})

it('adopts what is newer and has not ended', async () => {
  const page = open()
  for (const older of [SESSION, { ...SESSION, revision: 2 }]) adopt(page.session, older)
  page.session.endedIds.add(OTHER.id)
  adopt(page.session, OTHER)
  expect([page.session.session, page.adopted]).toEqual([SESSION, []])
  adopt(page.session, NEWER)
  await flush()
  expect(page.adopted).toEqual([NEWER])
})
