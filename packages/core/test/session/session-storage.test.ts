import { expect, it } from 'vitest'
import type { SessionStorage } from '../../src/options.js'
import { openMemory } from '../../src/session/memory.js'
import { openOwnStorage } from '../../src/session/own-storage.js'
import type { RecordStorage } from '../../src/session/record-storage.js'
import { openSessionStorage } from '../../src/session/session-storage.js'
import { toTabSession } from '../../src/session/tab-session.js'
import { openTab } from '../../src/session/tab.js'
import { flush } from '../kit/flush.js'
import type { FakeTab } from '../kit/fake-browser.js'
import { CLIENT_ID, ISSUER, offline, openProtocolPage, type ProtocolPage } from '../kit/protocol-page.js'
import { refusal, refusalOf } from '../kit/refusal.js'

const KEY = `spatio.auth:${ISSUER}:${CLIENT_ID}`

/** Where a tab keeps its record, with all that is needed beside the front. */
function openPlace({ options, emit }: ProtocolPage['context'], tab: FakeTab): RecordStorage {
  const environment = tab.environment()
  return toTabSession(openTab(options, environment, emit), options, environment).storage
}

it.each<['session' | 'local', boolean]>([
  ['session', false],
  ['local', true],
])('keeps one record in %s', async (storage, isShared) => {
  const { context, tab, events } = openProtocolPage(offline, { storage })
  const place = openPlace(context, tab)
  expect(place.isShared).toBe(isShared)
  expect(await place.read()).toBeNull()
  await place.write('text')
  expect(await place.read()).toBe('text')
  const areas = { session: tab.sessionStorage.entries(), local: tab.browser.localStorage.entries() }
  expect(areas).toEqual({
    session: [],
    local: [],
    [storage]: [[KEY, 'text']],
  })
  await place.remove()
  expect(await place.read()).toBeNull()
  expect(events).toEqual([])
})

it('keeps nothing beyond the page in memory', () => {
  const { context, tab, events } = openProtocolPage(offline, { storage: 'memory' })
  expect(openSessionStorage(context.options, tab.environment(), context.emit)).toBeNull()
  expect(events).toEqual([])
})

it('keeps one record in memory', async () => {
  const place = openMemory()
  expect([await place.read(), place.isShared]).toEqual([null, false])
  await place.write('text')
  expect(await place.read()).toBe('text')
  await place.remove()
  expect(await place.read()).toBeNull()
})

it('keeps nothing beyond the page, and tells, where the browser blocks storage', () => {
  const { context, tab, events } = openProtocolPage(offline, { storage: 'local' })
  tab.storageError = new DOMException('no', 'SecurityError')
  expect(openSessionStorage(context.options, tab.environment(), context.emit)).toBeNull()
  expect(events).toEqual([['storage_degraded', { code: 'storage_unavailable' }]])
})

it('rejects what the browser did not keep', async () => {
  const { context, tab } = openProtocolPage(offline)
  const full = new DOMException('full', 'QuotaExceededError')
  tab.sessionStorage.writeError = full
  await expect(openPlace(context, tab).write('x')).rejects.toBe(full)
})

/** A storage of the app's own, of which each call ends when the test says so. */
function openOwn(isShared?: boolean) {
  const { tab, clock } = openProtocolPage(offline)
  const calls: string[] = []
  const ends: { resolve: (value: unknown) => void; reject: (error: unknown) => void }[] = []
  const call = (name: string) => {
    calls.push(name)
    return new Promise<never>((resolve, reject) => ends.push({ resolve: resolve as () => void, reject }))
  }
  const own: SessionStorage = {
    get: (key) => call(`get ${key}`),
    set: (key, value) => call(`set ${key} ${value}`),
    remove: (key) => call(`remove ${key}`),
    ...(isShared !== undefined && { isShared }),
  }
  return { place: openOwnStorage(own, 'k', tab.environment()), calls, ends, clock }
}

it('asks a storage of the app one thing after the other', async () => {
  const { place, calls, ends, clock } = openOwn()
  const [read, written, removed] = [place.read(), place.write('text'), place.remove()]
  await flush()
  expect(calls).toEqual(['get k'])
  ends[0]?.resolve('stored')
  expect(await read).toBe('stored')
  await flush()
  expect(calls).toEqual(['get k', 'set k text'])
  ends[1]?.reject(new Error('full'))
  await expect(written).rejects.toThrow('full')
  await flush()
  expect(calls).toEqual(['get k', 'set k text', 'remove k'])
  ends[2]?.resolve(undefined)
  await removed
  expect(clock.pendingTimers).toBe(0)
})

it('gives up a call after two seconds, and goes on with the next', async () => {
  const { place, calls, clock } = openOwn()
  const hanging = refusalOf(() => place.read())
  void place.remove()
  await flush()
  await clock.advance(1999)
  expect(calls).toEqual(['get k'])
  await clock.advance(1)
  expect(await hanging).toEqual(refusal('storage', 'storage_unavailable'))
  await flush()
  expect(calls).toEqual(['get k', 'remove k'])
})

it('rejects when the storage of the app throws at once', async () => {
  const { tab } = openProtocolPage(offline)
  const broken = (): never => {
    throw new Error('broken')
  }
  const place = openOwnStorage({ get: broken, set: broken, remove: broken }, 'k', tab.environment())
  for (const call of [place.read(), place.write('x'), place.remove()])
    await expect(call).rejects.toThrow('broken')
})

it.each([
  [undefined, false],
  [false, false],
  [true, true],
])('is shared when the app says %j', (isShared, expected) => {
  expect(openOwn(isShared).place.isShared).toBe(expected)
})
