import { expect, it } from 'vitest'
import type { SpatioAuthOptions } from '../../src/options.js'
import type { TabMessage } from '../../src/session/session-channel.js'
import { createTabLink } from '../../src/session/tab-link.js'
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
