import { expect, it } from 'vitest'
import { createSessionRevisions } from '../../src/session/session-revision.js'
import { tellByLock } from '../../src/session/session-lock.js'
import { flush } from '../kit/flush.js'
import { CLIENT_ID, ISSUER, offline, openProtocolPage, type ProtocolPage } from '../kit/protocol-page.js'

const PREFIX = `spatio.auth:${ISSUER}:${CLIENT_ID}#session-1#`
const NOTHING = { revision: -1, isEnded: false }

const revisionsOf = ({ context, tab }: ProtocolPage) =>
  createSessionRevisions(context.options, tab.environment())
const tellEnd = ({ context, tab }: ProtocolPage, id: string) =>
  tellByLock(context.options, tab.environment(), id, 'end')
const heldIn = async ({ tab }: ProtocolPage) =>
  (await tab.browser.locks.forTab({}).query()).held?.map(({ name, mode }) => [name, mode])

/** Two tabs of one browser. */
function openTabs() {
  const page = openProtocolPage(offline)
  const second = { ...page, tab: page.tab.browser.open() }
  return { page, first: revisionsOf(page), second: revisionsOf(second), secondTab: second.tab }
}

it('tells every tab of the newest revision by the name of a shared lock', async () => {
  const { page, first, second } = openTabs()
  expect(await second.query('session-1')).toEqual(NOTHING)
  await first.announce('session-1', 7)
  expect(await heldIn(page)).toEqual([[`${PREFIX}7`, 'shared']])
  expect(await second.query('session-1')).toEqual({ revision: 7, isEnded: false })
})

it('holds the newest only, and takes it before it lets go of the one before', async () => {
  const { page, first } = openTabs()
  await first.announce('session-1', 7)
  await first.announce('session-1', 10)
  await flush()
  expect(await heldIn(page)).toEqual([[`${PREFIX}10`, 'shared']])
  expect(await first.query('session-1')).toEqual({ revision: 10, isEnded: false })
})

it('finds the greatest number that any tab tells of, not the greatest text', async () => {
  const { first, second } = openTabs()
  await first.announce('session-1', 10)
  await second.announce('session-1', 9)
  expect(await first.query('session-1')).toMatchObject({ revision: 10 })
})

it('forgets what a closed tab told', async () => {
  const { first, second, secondTab } = openTabs()
  await second.announce('session-1', 9)
  secondTab.close()
  expect(await first.query('session-1')).toEqual(NOTHING)
})

it('tells that a session ended, which is no revision', async () => {
  const { page, first, second } = openTabs()
  await first.announce('session-1', 3)
  await tellEnd(page, 'session-1')
  expect(await second.query('session-1')).toEqual({ revision: 3, isEnded: true })
  expect(await heldIn(page)).toContainEqual([`${PREFIX}end`, 'shared'])
})

it('hears nothing of other sessions, nor of other locks', async () => {
  const { page, first, second } = openTabs()
  await first.announce('session-2', 3)
  await tellEnd(page, 'session-2')
  const locks = page.tab.browser.locks.forTab({})
  void locks.request(`${PREFIX}refresh`, () => new Promise(() => undefined))
  void locks.request('of the app', () => new Promise(() => undefined))
  await flush()
  expect(await second.query('session-1')).toEqual(NOTHING)
})

it.each<[string, (page: ProtocolPage) => void]>([
  ['without locks', ({ tab }) => (tab.hasLocks = false)],
  ['where every lock is refused', ({ tab }) => (tab.areLocksRefused = true)],
])('knows nothing and hinders nobody %s', async (_name, prepare) => {
  const page = openProtocolPage(offline)
  prepare(page)
  const revisions = revisionsOf(page)
  await revisions.announce('session-1', 3)
  await revisions.announce('session-1', 4)
  await tellEnd(page, 'session-1')
  expect(await revisions.query('session-1')).toEqual(NOTHING)
})
