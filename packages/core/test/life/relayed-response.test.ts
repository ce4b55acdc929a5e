import { expect, it } from 'vitest'
import { SpatioAuthError } from '../../src/errors.js'
import { waitForRelayedResponse, type RelayWait } from '../../src/life/relayed-response.js'
import { relayChannelName, TAKEN } from '../../src/relay-channel.js'
import { APP_ORIGIN, type FakeTab } from '../kit/fake-browser.js'
import { flush } from '../kit/flush.js'
import { offline, openProtocolPage } from '../kit/protocol-page.js'
import { postTo } from '../kit/relay.js'

const STATE = 'sp1.a'
const QUERY = `code=c&state=${STATE}`
const SOURCE = { name: 'popup' }
const toError = (code: 'popup_timeout' | 'popup_closed' | 'aborted') =>
  new SpatioAuthError(code, { phase: 'authorization_request' })

/** A page that waits, and how its wait ended: a query, an error's code, or null while it goes on. */
function wait(change: Partial<RelayWait> = {}, prepare: (tab: FakeTab) => void = () => undefined) {
  const page = openProtocolPage(offline)
  prepare(page.tab)
  const controller = new AbortController()
  const watched = { end: (_error: SpatioAuthError): void => undefined, isStopped: false }
  const late = toError('popup_timeout')
  const waiting = waitForRelayedResponse(page.context, {
    state: STATE,
    source: SOURCE,
    timeout: 1000,
    toLateError: () => late,
    signal: controller.signal,
    watch: (end) => {
      watched.end = end
      return () => (watched.isStopped = true)
    },
    ...change,
  })
  let outcome: unknown = null
  void waiting.then(
    (query) => (outcome = query),
    (error: unknown) => (outcome = error),
  )
  const message = { data: { query: QUERY } as unknown, origin: APP_ORIGIN, source: SOURCE as unknown }
  return {
    ...page,
    controller,
    watched,
    late,
    ended: async () => (await flush(), outcome),
    post: (other: Partial<typeof message> = {}) => postTo(page.tab, { ...message, ...other }),
  }
}

/** A relay page beside the waiting one: what it heard back. */
function openRelay(waiting: FakeTab, state = STATE) {
  const heard: unknown[] = []
  const channel = waiting.browser.open('/').environment().openChannel(relayChannelName(state))
  if (channel === null) throw new Error('no channel')
  channel.onmessage = ({ data }: MessageEvent<unknown>) => heard.push(data)
  return { heard, send: (data: unknown) => channel.postMessage(data) }
}

it('takes the answer that the window posts, and says so on the channel', async () => {
  const page = wait()
  const relay = openRelay(page.tab)
  page.post()
  expect(await page.ended()).toBe(QUERY)
  expect(relay.heard).toEqual([TAKEN])
})

it('takes the answer that comes by the channel, and says so', async () => {
  const page = wait()
  const relay = openRelay(page.tab)
  relay.send({ query: QUERY })
  expect(await page.ended()).toBe(QUERY)
  expect(relay.heard).toEqual([TAKEN])
})

it('takes the answer of the window where there are no channels', async () => {
  const page = wait({}, (tab) => (tab.hasChannels = false))
  page.post()
  expect(await page.ended()).toBe(QUERY)
})

it('hears nothing on the channel of another state', async () => {
  const page = wait()
  const relay = openRelay(page.tab, 'sp1.b')
  relay.send({ query: QUERY })
  expect(await page.ended()).toBeNull()
  expect(relay.heard).toEqual([])
})

it('lets nobody else answer: exactly this window, exactly this origin', async () => {
  const page = wait()
  page.post({ origin: 'https://evil.test' })
  page.post({ origin: `${APP_ORIGIN}.evil.test` })
  page.post({ source: { name: 'popup' } })
  page.post({ source: null })
  expect(await page.ended()).toBeNull()
  page.post()
  expect(await page.ended()).toBe(QUERY)
})

const padded = (length: number) => `${QUERY}&x=`.padEnd(length, 'x')

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['text', QUERY],
  ['no query', {}],
  ['a query that is a list', { query: [QUERY] }],
  [
    'a query that is a list of pairs',
    {
      query: [
        ['code', 'c'],
        ['state', STATE],
      ],
    },
  ],
  ['a query of another state', { query: 'code=c&state=sp1.b' }],
  ['a query without a state', { query: 'code=c' }],
  ['a query too long', { query: padded(65_537) }],
])('goes on waiting after %s', async (_name, data) => {
  const page = wait()
  const relay = openRelay(page.tab)
  relay.send(data)
  page.post({ data })
  expect(await page.ended()).toBeNull()
  expect(relay.heard).toEqual([])
})

it('goes on waiting after something that throws when it is read', async () => {
  const page = wait()
  const data = Object.defineProperty({}, 'query', {
    get: () => {
      throw new Error('gone')
    },
  })
  page.post({ data })
  expect(await page.ended()).toBeNull()
})

it('takes the longest query there may be', async () => {
  const page = wait()
  page.post({ data: { query: padded(65_536) } })
  expect(await page.ended()).toBe(padded(65_536))
})

it('waits no longer than it may', async () => {
  const page = wait()
  await page.clock.advance(999)
  expect(await page.ended()).toBeNull()
  await page.clock.advance(1)
  expect(await page.ended()).toBe(page.late)
})

it('ends with the reason of its signal, also when that was given before', async () => {
  const reason = toError('aborted')
  const page = wait()
  page.controller.abort(reason)
  expect(await page.ended()).toBe(reason)
  expect(await wait({ signal: AbortSignal.abort(reason) }).ended()).toBe(reason)
})

it('ends when the window is gone', async () => {
  const page = wait()
  const closed = toError('popup_closed')
  page.watched.end(closed)
  expect(await page.ended()).toBe(closed)
})

it.each<[string, (page: ReturnType<typeof wait>) => void]>([
  ['an answer', (page) => page.post()],
  ['an error', (page) => page.watched.end(toError('popup_closed'))],
])('leaves nothing behind after %s', async (_name, end) => {
  const removed: string[] = []
  const controller = new AbortController()
  const signal = Object.assign(controller.signal, {
    removeEventListener: (type: string) => void removed.push(type),
  })
  const page = wait({ signal })
  const relay = openRelay(page.tab)
  expect(page.watched.isStopped).toBe(false)
  end(page)
  await page.ended()
  const heard = relay.heard.length
  expect(page.clock.pendingTimers).toBe(0)
  expect(page.watched.isStopped).toBe(true)
  expect(removed).toEqual(['abort'])
  relay.send({ query: QUERY })
  page.post()
  await flush()
  expect(relay.heard).toHaveLength(heard)
})
