import { expect, it } from 'vitest'
import { createStateView } from '../../src/client/state-view.js'
import { SpatioAuthError } from '../../src/errors.js'
import type { ClientContext } from '../../src/life/client-context.js'
import { createRefresher } from '../../src/life/refresher.js'
import type { Renewal } from '../../src/renewal/renew-session.js'
import type { Session } from '../../src/session/session.js'
import { createSessionStore } from '../../src/session/session-store.js'
import { flush } from '../kit/flush.js'
import { refusal, refusalOf } from '../kit/refusal.js'
import { SESSION } from '../kit/renewal-page.js'
import { openTabPage } from '../kit/tab-page.js'

const OTHER: Session = { ...SESSION, id: 'session-2' }
const NEWER: Session = { ...SESSION, revision: 4, accessToken: 'tok_2' }
const RENEWED: Renewal = { kind: 'renewed', isAdopted: false, discarded: [] }
const error = new SpatioAuthError('refresh_transient', { phase: 'refresh', retryable: true, detail: 'x' })
const TRANSIENT = refusal('refresh', 'refresh_transient', { retryable: true, detail: 'x' })
const postponed = (isFirm = false): Renewal => ({ kind: 'postponed', error, delayMs: 5000, isFirm })
const REJECTED: Renewal = {
  kind: 'rejected',
  error: new SpatioAuthError('refresh_rejected', { phase: 'refresh' }),
}
const ended = (reach: 'session' | 'tab' = 'session'): Renewal => ({
  kind: 'ended',
  reason: 'expired',
  code: 'session_expired',
  reach,
  discarded: ['tok_late', 'r_late'],
})

/** A page with a session whose renewals end as the test says. */
function open() {
  const page = openTabPage()
  page.session.session = SESSION
  const asked: { readonly id: string; readonly end: (renewal: Renewal) => void }[] = []
  const revoked: (string | null)[] = []
  const events: [string, unknown][] = []
  const emit = (type: string, detail: unknown) => void events.push([type, detail])
  let isDisposed = false
  let generation = 0
  let settled = 0
  const environment = {
    ...page.tab.environment(),
    fetch: async (_url: unknown, init: RequestInit = {}) => {
      revoked.push((init.body as URLSearchParams).get('token'))
      return new Response()
    },
  } as ReturnType<typeof page.tab.environment>
  const store = createSessionStore(page.session)
  const context: Partial<ClientContext> = {
    options: page.session.options,
    environment,
    store,
    emit,
    view: createStateView(emit),
    tab: { options: page.session.options, environment } as unknown as ClientContext['tab'],
    isDisposed: () => isDisposed,
    nextGeneration: () => void generation++,
    loadEngine: async () =>
      ({
        renew: ({ id }: Session) => new Promise<Renewal>((end) => asked.push({ id, end })),
      }) as unknown as Awaited<ReturnType<ClientContext['loadEngine']>>,
  }
  const refresher = createRefresher(context as ClientContext, () => void settled++)
  return {
    ...page,
    refresher,
    asked,
    revoked,
    events,
    view: context.view as ClientContext['view'],
    types: () => events.map(([type]) => type),
    dispose: () => (isDisposed = true),
    counts: () => ({ generation, settled }),
    /** One refresh, and how it ends. */
    refresh: async (renewal: Renewal) => {
      const result = refusalOf(() => refresher.refresh('demand'))
      await flush()
      asked.at(-1)?.end(renewal)
      return result
    },
  }
}

it('shares one attempt among all who ask, and shows that it is under way', async () => {
  const { refresher, asked, session, events, view, counts } = open()
  const [first, second] = [refresher.refresh('schedule'), refresher.refresh('forced')]
  await flush()
  expect([asked.length, view.activity.get().isRefreshing]).toEqual([1, true])
  session.session = NEWER
  asked[0]?.end(RENEWED)
  expect(await Promise.all([first, second])).toEqual([NEWER, NEWER])
  expect(view.activity.get()).toMatchObject({ isRefreshing: false, expiresAt: NEWER.receivedAt + 60_000 })
  expect(events[0]).toEqual(['refresh_started', { trigger: 'schedule' }])
  expect(events.at(-1)).toEqual(['refreshed', { expiresAt: NEWER.receivedAt + 60_000, adopted: false }])
  expect(counts()).toEqual({ generation: 0, settled: 1 })
})

it('asks for each session by itself, and forgets no attempt that is under way', async () => {
  const { refresher, asked, session } = open()
  void refresher.refresh('demand').catch(() => undefined)
  await flush()
  session.session = OTHER
  void refresher.refresh('demand').catch(() => undefined)
  await flush()
  asked[0]?.end(RENEWED)
  await flush()
  void refresher.refresh('demand').catch(() => undefined)
  await flush()
  expect(asked.map(({ id }) => id)).toEqual([SESSION.id, OTHER.id])
})

it('has nothing to refresh without a session', async () => {
  const { refresher, session, asked } = open()
  session.session = null
  expect(await refusalOf(() => refresher.refresh('demand'))).toEqual(refusal('refresh', 'not_authenticated'))
  expect(asked).toEqual([])
})

it('gives up waiting after requestTimeout, and takes the answer all the same', async () => {
  const { refresher, asked, session, clock, types } = open()
  const late = refusalOf(() => refresher.refresh('demand'))
  await clock.advance(10_000)
  expect(await late).toEqual(refusal('refresh', 'refresh_transient', { retryable: true, detail: 'timeout' }))
  session.session = NEWER
  asked[0]?.end(RENEWED)
  await flush()
  expect(types()).toContain('refreshed')
})

it('is held back after a failure until a sign of life, and may still be asked', async () => {
  const { refresher, refresh, asked, clock } = open()
  expect(refresher.pausedUntil()).toBeNull()
  expect(await refresh(postponed())).toEqual(TRANSIENT)
  expect(refresher.pausedUntil()).toBe(clock.monotonic() + 5000)
  expect(await refresh(postponed())).toEqual(TRANSIENT)
  expect(asked).toHaveLength(2)
  refresher.resume()
  expect(refresher.pausedUntil()).toBeNull()
})

it('asks nobody during a firm pause, which no sign of life ends, and again when it is over', async () => {
  const { refresher, refresh, asked, clock, types } = open()
  expect(await refresh(postponed(true))).toEqual(TRANSIENT)
  refresher.resume()
  await clock.advance(4999)
  expect(await refusalOf(() => refresher.refresh('forced'))).toEqual(TRANSIENT)
  expect([asked.length, types().filter((type) => type === 'refresh_started').length]).toEqual([1, 1])
  await clock.advance(1)
  await refresh(RENEWED)
  expect(asked).toHaveLength(2)
})

it('forgets how the last attempt ended when another token has come', async () => {
  const { refresher, refresh, session } = open()
  await refresh(REJECTED)
  expect(refresher.isRejected()).toBe(true)
  session.session = NEWER
  expect([refresher.isRejected(), refresher.pausedUntil()]).toEqual([false, null])
})

it.each(['session', 'tab'] as const)(
  'ends the session, its %s, and gives back what came late',
  async (reach) => {
    const { refresh, session, revoked, view, events, counts } = open()
    expect(await refresh(ended(reach))).toEqual(refusal('refresh', 'session_expired'))
    await flush()
    expect([session.session, revoked]).toEqual([null, ['tok_late', 'r_late']])
    expect(view.state.get()).toMatchObject({ status: 'unauthenticated', reason: 'expired' })
    expect(events).toContainEqual(['refresh_failed', { code: 'session_expired', retryable: false }])
    expect(events).toContainEqual(['signed_out', { reason: 'expired', code: 'session_expired' }])
    expect(counts().generation).toBe(1)
  },
)

it('leaves another session alone that has taken the place of the one that ended', async () => {
  const { refresher, asked, session, view, types } = open()
  const refused = refusalOf(() => refresher.refresh('demand'))
  await flush()
  session.session = OTHER
  asked[0]?.end(ended())
  expect(await refused).toEqual(refusal('refresh', 'session_expired'))
  expect([session.session, view.state.get().status]).toEqual([OTHER, 'loading'])
  expect(types()).not.toContain('signed_out')
})

it('keeps a token that lives, whatever was refused, and shows nothing of it', async () => {
  for (const renewal of [REJECTED, postponed()]) {
    const { refresh, session, view } = open()
    await refresh(renewal)
    expect([session.session, view.state.get().status]).toEqual([SESSION, 'loading'])
  }
})

it('ends with its token a session that may not be refreshed, and shows one that only cannot be', async () => {
  const rejected = open()
  await rejected.clock.advance(60_000)
  await rejected.refresh(REJECTED)
  expect([rejected.session.session, rejected.view.state.get()]).toMatchObject([null, { reason: 'expired' }])
  const offline = open()
  await offline.clock.advance(60_000)
  await offline.refresh(postponed())
  expect(offline.view.state.get()).toMatchObject({ status: 'authenticated', error })
})

it('takes nothing of an answer that comes after dispose', async () => {
  const { refresher, asked, dispose, types, session } = open()
  const refused = refusalOf(() => refresher.refresh('demand'))
  await flush()
  dispose()
  asked[0]?.end(ended())
  expect(await refused).toEqual(refusal('refresh', 'client_disposed'))
  expect([types(), session.session]).toEqual([['refresh_started'], SESSION])
})
