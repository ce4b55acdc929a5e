import { expect, it } from 'vitest'
import type { SessionStorage, SpatioAuthOptions } from '../../src/options.js'
import { openMemory } from '../../src/session/memory.js'
import { createSessionStore } from '../../src/session/session-store.js'
import { markSignedOut } from '../../src/session/sign-out-mark.js'
import { flush } from '../kit/flush.js'
import { CLIENT_ID, ISSUER } from '../kit/protocol-page.js'
import { refusal, refusalOf } from '../kit/refusal.js'
import { SESSION } from '../kit/renewal-page.js'
import { openTabPage } from '../kit/tab-page.js'

const KEY = `spatio.auth:${ISSUER}:${CLIENT_ID}`
const NEWER = { ...SESSION, revision: 4, accessToken: 'tok_2' }
const OTHER = { ...SESSION, id: 'session-2', revision: 1 }
const QUOTA = new DOMException('full', 'QuotaExceededError')

function open(options: Partial<SpatioAuthOptions> = {}) {
  const page = openTabPage(options)
  const store = createSessionStore(page.session)
  const area = options.storage === 'local' ? page.tab.browser.localStorage : page.tab.sessionStorage
  return {
    ...page,
    store,
    area,
    record: () => JSON.parse(area.getItem(KEY) ?? 'null') as unknown,
    place: (record: unknown) => area.setItem(KEY, JSON.stringify(record)),
  }
}

it('stores a sign-in before it is the session, tells of it, and forgets that anybody signed out', async () => {
  const page = open()
  markSignedOut(page.session, SESSION)
  expect(page.store.wasSignedOut()).toBe(true)
  const { storage } = page.session
  page.session.storage = openMemory()
  await page.store.begin(SESSION)
  await flush()
  expect([page.store.current(), page.record()]).toEqual([SESSION, SESSION])
  expect(page.session).toMatchObject({ storage, arrivedAt: page.clock.monotonic() })
  expect(page.store.wasSignedOut()).toBe(false)
  expect(await page.revisions.query(SESSION.id)).toEqual({ revision: 3, isEnded: false })
  expect(page.store.remaining()).toBe(60_000)
})

it.each<[Error, ReturnType<typeof refusal>]>([
  [QUOTA, refusal('storage', 'storage_quota')],
  [
    new DOMException('no', 'InvalidStateError'),
    refusal('storage', 'storage_unavailable', { retryable: true }),
  ],
  [
    Object.assign(new Error('x'), { name: 'QuotaExceededError' }),
    refusal('storage', 'storage_unavailable', { retryable: true }),
  ],
])('changes nothing when a sign-in cannot be stored: %s', async (error, expected) => {
  const page = open()
  await page.store.begin(OTHER)
  markSignedOut(page.session, SESSION)
  page.area.writeError = error
  expect(await refusalOf(() => page.store.begin(SESSION))).toEqual(expected)
  expect([page.store.current(), page.store.wasSignedOut()]).toEqual([OTHER, true])
})

it('ends the session of all tabs that a sign-in replaces, and writes over what came late of it', async () => {
  const page = open({ storage: 'local' })
  await page.store.begin(OTHER)
  const beginning = page.store.begin(SESSION)
  await Promise.resolve()
  page.place({ ...OTHER, revision: 2 })
  await beginning
  expect(page.record()).toEqual(SESSION)
  expect(page.session.endedIds.has(OTHER.id)).toBe(true)
  expect((await page.revisions.query(OTHER.id)).isEnded).toBe(true)
})

it('leaves the earlier session of one tab to itself', async () => {
  const page = open()
  await page.store.begin(OTHER)
  await page.store.begin(SESSION)
  expect([...page.session.endedIds]).toEqual([])
  expect((await page.revisions.query(OTHER.id)).isEnded).toBe(false)
})

it('stores a further revision, and tells of it before it says so', async () => {
  const page = open()
  await page.store.begin(SESSION)
  await page.clock.advance(500)
  expect(await page.store.save({ ...SESSION, attemptedAt: 7 })).toBe(true)
  expect(page.session.arrivedAt).toBe(page.clock.monotonic() - 500)
  expect(await page.store.save(NEWER)).toBe(true)
  expect(page.session.arrivedAt).toBe(page.clock.monotonic())
  expect([page.store.current(), page.record()]).toEqual([NEWER, NEWER])
  expect(await page.revisions.query(SESSION.id)).toMatchObject({ revision: 4 })
})

it.each<[string, (page: ReturnType<typeof open>) => unknown]>([
  ['ended here', (page) => page.session.endedIds.add(SESSION.id)],
  ['ended in another tab', (page) => page.openSecond().tellEnd(SESSION.id)],
  ['was replaced', (page) => page.store.begin(OTHER)],
  ['is gone', (page) => (page.session.session = null)],
])('saves nothing of a session that %s', async (_name, end) => {
  const page = open()
  await page.store.begin(SESSION)
  await end(page)
  const before = [page.store.current(), page.record()]
  expect(await page.store.save(NEWER)).toBe(false)
  expect([page.store.current(), page.record()]).toEqual(before)
})

it('reads its own session, or what another client of this tab made of it', async () => {
  const page = open()
  expect(await page.store.readNewest(SESSION.id)).toBeNull()
  await page.store.begin(SESSION)
  expect(await page.store.readNewest(SESSION.id)).toEqual(SESSION)
  page.place({ ...SESSION, revision: 2 })
  expect(await page.store.readNewest(SESSION.id)).toEqual(SESSION)
  page.place(OTHER)
  expect(await page.store.readNewest(SESSION.id)).toEqual(SESSION)
  page.place(NEWER)
  expect(await page.store.readNewest(SESSION.id)).toEqual(NEWER)
  expect(page.adopted).toEqual([NEWER])
})

it('adopts no record where it has no session', async () => {
  const page = open()
  page.place(SESSION)
  expect(await page.store.readNewest(SESSION.id)).toBeNull()
  expect(page.adopted).toEqual([])
})

it('is stale in a copied tab whose original went on', async () => {
  const page = open()
  await page.store.begin(SESSION)
  await page.openSecond().revisions.announce(SESSION.id, 4)
  expect(await page.store.readNewest(SESSION.id)).toBe('stale')
})

it('reads nobody once the session ended, in one tab', async () => {
  const page = open()
  await page.store.begin(SESSION)
  await page.openSecond().tellEnd(SESSION.id)
  expect(await page.store.readNewest(SESSION.id)).toBeNull()
  expect(page.session.endedIds.has(SESSION.id)).toBe(true)
})

it('reads for all tabs what storage has, as new as it was told', async () => {
  const page = open({ storage: 'local' })
  await page.store.begin(SESSION)
  await page.openSecond().revisions.announce(SESSION.id, 4)
  let read: unknown
  void page.store.readNewest(SESSION.id).then((found) => (read = found))
  await page.clock.advance(100)
  expect(read).toBeUndefined()
  page.place(NEWER)
  await page.clock.advance(10)
  expect([read, page.store.current()]).toEqual([NEWER, NEWER])
})

it('finds the sign-in that took the place of one that is over, and waits for none', async () => {
  const page = open({ storage: 'local' })
  await page.store.begin(SESSION)
  const second = page.openSecond()
  await second.revisions.announce(SESSION.id, 9)
  await second.tellEnd(SESSION.id)
  expect(await page.store.readNewest(SESSION.id)).toBeNull()
  page.place(OTHER)
  expect(await page.store.readNewest(SESSION.id)).toEqual(OTHER)
  expect(page.store.current()).toEqual(OTHER)
})

it('reads what it has when all tabs should have it and storage refused', async () => {
  const page = open({ storage: 'local' })
  await page.store.begin(SESSION)
  page.area.writeError = QUOTA
  await page.store.save(NEWER)
  expect(await page.store.readNewest(SESSION.id)).toEqual(NEWER)
})

it('uses a storage of the app under the name of this client', async () => {
  const kept = new Map<string, string>()
  const storage: SessionStorage = {
    get: async (key) => kept.get(key) ?? null,
    set: async (key, value) => void kept.set(key, value),
    remove: async (key) => void kept.delete(key),
    isShared: true,
  }
  const page = open({ storage })
  await page.store.begin(SESSION)
  expect([...kept.keys()]).toEqual([KEY])
  expect(page.session.storage.isShared).toBe(true)
  await page.store.end('session')
  expect([kept.size, page.store.current()]).toEqual([0, null])
})

it('hears the other tabs while it is open', async () => {
  const page = open({ storage: 'local' })
  await page.store.begin(SESSION)
  const heard: string[] = []
  page.store.onTabMessage(({ kind }) => heard.push(kind))
  page.store.open()
  const second = page.openSecond()
  second.session.post({ kind: 'hand_over_request', id: 'a', revision: 1 })
  await flush()
  const others: unknown[] = []
  const channel = second.tab.environment().openChannel(KEY)
  if (channel !== null) channel.onmessage = ({ data }: MessageEvent<unknown>) => others.push(data)
  page.store.postTabMessage({ kind: 'hand_over_request', id: 'b', revision: 2 })
  await flush()
  expect(others).toEqual([{ kind: 'hand_over_request', id: 'b', revision: 2 }])
  page.store.close()
  second.session.post({ kind: 'hand_over_request', id: 'a', revision: 1 })
  await flush()
  expect(heard).toEqual(['hand_over_request'])
})

it('compares with storage when it is told to', async () => {
  const page = open({ storage: 'local' })
  await page.store.begin(SESSION)
  page.place(NEWER)
  await page.store.sync()
  expect(page.store.current()).toEqual(NEWER)
})

it('is silent, and hinders nobody, where there are no channels', () => {
  const page = openTabPage({}, (tab) => (tab.hasChannels = false))
  const store = createSessionStore(page.session)
  expect(() => store.postTabMessage({ kind: 'hand_over_request', id: 'a', revision: 1 })).not.toThrow()
})
