import { expect, it } from 'vitest'
import { createHandOver } from '../../src/session/hand-over.js'
import type { TabMessage } from '../../src/session/session-channel.js'
import type { SessionStore } from '../../src/session/session-store.js'
import type { Session } from '../../src/session/session.js'
import { flush } from '../kit/flush.js'
import { offline, openProtocolPage } from '../kit/protocol-page.js'
import { SESSION } from '../kit/renewal-page.js'

/** Two tabs and the channel between them, which shows what crossed it. */
function openTabs(held: Session | null = SESSION) {
  const { context, clock } = openProtocolPage(offline)
  const crossed: TabMessage[] = []
  const listeners = new Map<object, Set<(message: TabMessage) => void>>()
  const open = (current: () => Session | null) => {
    const own = new Set<(message: TabMessage) => void>()
    const store: Partial<SessionStore> = {
      current,
      onTabMessage: (listener) => (own.add(listener), () => void own.delete(listener)),
      postTabMessage: (message) => {
        crossed.push(message)
        for (const [tab, others] of listeners)
          if (tab !== store) for (const hear of [...others]) hear(message)
      },
    }
    listeners.set(store, own)
    const { options, environment } = context
    return { handOver: createHandOver({ options, environment, store: store as SessionStore }), store, own }
  }
  const tab = { session: held }
  const original = open(() => tab.session)
  const copy = open(() => SESSION)
  return { original, copy, tab, clock, crossed }
}

const RENEWED: Session = { ...SESSION, accessToken: 'tok_2', refreshToken: 'r_2', revision: 4 }

/** What the copy is given, when it waits as long as it may. */
async function ask({ copy, clock }: ReturnType<typeof openTabs>, asking: Session = SESSION) {
  const handed = copy.handOver.request(asking)
  await flush()
  await clock.advance(1000)
  return handed
}

it('hands the renewed session to a copy that holds the replaced token, sealed', async () => {
  const tabs = openTabs(RENEWED)
  await tabs.original.handOver.remember(SESSION)
  const handed = tabs.copy.handOver.request(SESSION)
  expect(await handed).toEqual(RENEWED)
  expect(tabs.crossed.map(({ kind }) => kind)).toEqual(['hand_over_request', 'hand_over'])
  const [request, answer] = tabs.crossed
  expect(request).toStrictEqual({ kind: 'hand_over_request', id: SESSION.id, revision: 3 })
  expect(answer).toMatchObject({ id: SESSION.id, revision: 3 })
  const sealed = answer?.kind === 'hand_over' ? answer : null
  expect(sealed?.iv).toHaveLength(12)
  expect(Buffer.from(sealed?.sealed ?? new ArrayBuffer(0)).toString('latin1')).not.toContain('r_2')
  expect(tabs.clock.pendingTimers).toBe(0)
  expect(tabs.copy.own.size).toBe(1)
})

it('never uses one iv twice', async () => {
  const tabs = openTabs(RENEWED)
  await tabs.original.handOver.remember(SESSION)
  await tabs.copy.handOver.request(SESSION)
  await tabs.copy.handOver.request(SESSION)
  const ivs = tabs.crossed.flatMap((message) =>
    message.kind === 'hand_over' ? [Buffer.from(message.iv).toString('hex')] : [],
  )
  expect(new Set(ivs).size).toBe(2)
})

it.each<[string, Partial<Session>]>([
  ['another refresh token', { refreshToken: 'r_0' }],
  ['no refresh token', { refreshToken: null }],
])('opens to nobody with %s', async (_name, change) => {
  const tabs = openTabs(RENEWED)
  await tabs.original.handOver.remember(SESSION)
  expect(await ask(tabs, { ...SESSION, ...change })).toBeNull()
  expect(tabs.crossed).toHaveLength(2)
})

it.each<[string, Session | null, Partial<Session>]>([
  ['a tab that is signed out', null, {}],
  ['a tab with another session', { ...RENEWED, id: 'session-2' }, {}],
  ['a tab that never replaced such a revision', RENEWED, { revision: 2 }],
])('is not answered by %s', async (_name, held, asking) => {
  const tabs = openTabs(held)
  await tabs.original.handOver.remember(SESSION)
  expect(await ask(tabs, { ...SESSION, ...asking })).toBeNull()
  expect(tabs.crossed.map(({ kind }) => kind)).toEqual(['hand_over_request'])
})

it('gives up after a second, and hears nothing afterwards', async () => {
  const tabs = openTabs(null)
  const outcomes: unknown[] = []
  void tabs.copy.handOver.request(SESSION).then((handed) => outcomes.push(handed))
  await flush()
  expect(tabs.copy.own.size).toBe(2)
  await tabs.clock.advance(999)
  expect(outcomes).toEqual([])
  await tabs.clock.advance(1)
  expect(outcomes).toEqual([null])
  expect(tabs.copy.own.size).toBe(1)
})

it.each<[string, Session]>([
  ['the session of another sign-in', { ...RENEWED, id: 'session-2' }],
  ['no newer revision', { ...RENEWED, revision: 3 }],
  ['the session of another client', { ...RENEWED, clientId: 'other' }],
  ['something that is no session', { ...RENEWED, accessToken: '' }],
])('takes %s for no answer', async (_name, given) => {
  const tabs = openTabs(RENEWED)
  await tabs.original.handOver.remember(SESSION)
  // What a tab of another build, or an edited one, may send under the right id.
  tabs.tab.session = { ...given, toJSON: () => ({ ...given }), id: SESSION.id } as unknown as Session
  expect(await ask(tabs)).toBeNull()
  expect(tabs.crossed).toHaveLength(2)
})

it('waits on when the answer is for another copy', async () => {
  const tabs = openTabs(null)
  const handed = tabs.copy.handOver.request(SESSION)
  await flush()
  const answer = { kind: 'hand_over', iv: new Uint8Array(12), sealed: new ArrayBuffer(16) } as const
  tabs.original.store.postTabMessage?.({ ...answer, id: 'session-2', revision: 3 })
  tabs.original.store.postTabMessage?.({ ...answer, id: SESSION.id, revision: 2 })
  tabs.original.store.postTabMessage?.({ kind: 'hand_over_request', id: SESSION.id, revision: 3 })
  await flush()
  expect(tabs.copy.own.size).toBe(2)
  await tabs.clock.advance(1000)
  expect(await handed).toBeNull()
})

it('serves copies that are up to 32 refreshes old', async () => {
  const tabs = openTabs({ ...RENEWED, revision: 99 })
  for (let revision = 1; revision <= 33; revision++)
    await tabs.original.handOver.remember({ ...SESSION, revision })
  expect(await ask(tabs, { ...SESSION, revision: 2 })).toMatchObject({ revision: 99 })
  expect(await ask(tabs, { ...SESSION, revision: 1 })).toBeNull()
})
