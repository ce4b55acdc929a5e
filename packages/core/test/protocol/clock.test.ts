import { expect, it } from 'vitest'
import { measureClockOffset } from '../../src/protocol/clock.js'
import { APP_ORIGIN } from '../kit/fake-browser.js'
import { NOW, offline, openProtocolPage, silence, type Answer } from '../kit/protocol-page.js'

const HOUR = 3600
const REDIRECT_URI = `${APP_ORIGIN}/cb`

/** What a server whose clock is so many seconds ahead says, and how long it took (ms). */
async function measure(ahead: number, { tookMs = 0, headers = {} as Record<string, string> } = {}) {
  const date = new Date((NOW + ahead) * 1000).toUTCString()
  const page: ReturnType<typeof openProtocolPage> = openProtocolPage(async () => {
    await page.clock.advance(tookMs)
    return new Response(null, { headers: { date, ...headers } })
  })
  const offset = await measureClockOffset(page.context, REDIRECT_URI)
  return { page, offset, told: page.events.filter(([type]) => type === 'clock_offset').map(([, it]) => it) }
}

it('asks the page of the redirect URI by HEAD, past every cache', async () => {
  const { page } = await measure(0)
  expect(page.sent).toMatchObject([
    { url: REDIRECT_URI, init: { method: 'HEAD', cache: 'no-store', credentials: 'omit' } },
  ])
  expect(page.events).toMatchObject([['request', { endpoint: 'clock', method: 'HEAD' }]])
})

it.each([
  [`${REDIRECT_URI}?tenant=7`, REDIRECT_URI],
  ['https://elsewhere.test/cb', REDIRECT_URI],
  [`${APP_ORIGIN}//elsewhere.test/`, `${APP_ORIGIN}//elsewhere.test/`],
])('asks for %s no other origin, and without the query', async (redirectUri, asked) => {
  const page = openProtocolPage(silence)
  void measureClockOffset(page.context, redirectUri)
  expect(page.sent.map(({ url }) => url)).toEqual([asked])
})

it.each<[string, number, { tookMs?: number; headers?: Record<string, string> }, number]>([
  ['half a second more than it says', 0, {}, 500],
  ['a device that is slow', HOUR, {}, 3_600_500],
  ['a device that is fast', -HOUR, {}, -3_599_500],
  ['an answer from a cache, by its age', -HOUR, { headers: { age: '3600' } }, 500],
  ['half the round trip', 0, { tookMs: 2000 }, 500 + 1000 - 2000],
  ['the longest round trip that says enough', 0, { tookMs: 5000 }, 500 + 2500 - 5000],
  ['25 hours', 25 * HOUR - 1, {}, 25 * HOUR * 1000 - 500],
])('takes %s into account', async (_name, ahead, options, expected) => {
  expect((await measure(ahead, options)).offset).toBe(expected)
})

it.each<[string, number, { tookMs?: number; headers?: Record<string, string> }]>([
  ['a round trip of more than 5 seconds', 0, { tookMs: 5001 }],
  ['more than 25 hours ahead', 25 * HOUR, {}],
  ['more than 25 hours behind', -25 * HOUR - 1, {}],
  ['a date that is none', 0, { headers: { date: 'yesterday' } }],
  ['an age that is none', 0, { headers: { age: 'old' } }],
])('knows nothing after %s', async (_name, ahead, options) => {
  expect(await measure(ahead, options)).toMatchObject({ offset: null, told: [] })
})

it.each<[string, Answer]>([
  ['a server without a date', () => new Response(null)],
  ['a network that is down', offline],
])('knows nothing after %s', async (_name, answer) => {
  expect(await measureClockOffset(openProtocolPage(answer).context, REDIRECT_URI)).toBeNull()
})

it('knows nothing when no answer comes, or comes late', async () => {
  const page = openProtocolPage(silence, { requestTimeout: 2 })
  const measuring = measureClockOffset(page.context, REDIRECT_URI)
  await page.clock.advance(2000)
  expect(await measuring).toBeNull()
})

it('uses the date of an answer with any status', async () => {
  const headers = { date: new Date(NOW * 1000).toUTCString() }
  const { context } = openProtocolPage(() => new Response(null, { status: 404, headers }))
  expect(await measureClockOffset(context, REDIRECT_URI)).toBe(500)
})

it('takes the largest offset for an offset: 25 hours to the millisecond', async () => {
  const { offset } = await measure(-25 * HOUR - 1, { tookMs: 1000, headers: { age: '1' } })
  expect(offset).toBe(-25 * HOUR * 1000)
})

it.each<[number, number, unknown[]]>([
  [59, 0, []],
  // 60 seconds to the millisecond: half a second that is always added, and half of what the way took is lost.
  [60, 1000, []],
  [60, 0, [{ seconds: 61 }]],
  [-60, 0, []],
  [-62, 0, [{ seconds: -61 }]],
  [HOUR, 0, [{ seconds: HOUR + 1 }]],
])('tells an offset of %i seconds only beyond the tolerance', async (ahead, tookMs, told) => {
  expect((await measure(ahead, { tookMs })).told).toEqual(told)
})
