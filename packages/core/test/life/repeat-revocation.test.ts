import { expect, it } from 'vitest'
import { repeatRevocation } from '../../src/life/repeat-revocation.js'
import { flush } from '../kit/flush.js'
import { offline, openProtocolPage } from '../kit/protocol-page.js'

const ok = () => new Response()
const busy = (retryAfter?: string) =>
  new Response('', {
    status: 503,
    ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
  })
const oauthError = (error: unknown, status = 400) => Response.json({ error }, { status })

/** A revocation that failed so, and what its repetition is answered with. */
function repeat(failed: Response | null, answer: Response | null = ok()) {
  const { clock, tab } = openProtocolPage(offline)
  let sent = 0
  const helped = repeatRevocation(tab.environment(), failed, async () => {
    sent++
    return answer
  })
  return { clock, tab, helped, sent: () => sent }
}

it.each<[string, Response | null, number]>([
  ['two seconds', null, 2000],
  ['two seconds after an answer that names none', busy(), 2000],
  ['two seconds after a date, which is not read', busy('Fri, 27 Nov 2026 10:00:00 GMT'), 2000],
  ['what the authority says', busy('7'), 7000],
  ['no time when it says so', busy('0'), 0],
  ['half a minute at most', busy('31'), 30_000],
])('waits %s', async (_name, failed, pause) => {
  const { clock, helped, sent } = repeat(failed)
  if (pause > 0) {
    await clock.advance(pause - 1)
    expect(sent()).toBe(0)
  }
  await clock.advance(1)
  expect(sent()).toBe(1)
  expect(await helped).toBe(true)
})

it('sends at once when the page is left, and once only', async () => {
  const { clock, tab, helped, sent } = repeat(null)
  await flush()
  tab.dispatch('pagehide')
  expect(await helped).toBe(true)
  tab.dispatch('pagehide')
  await clock.advance(2000)
  expect([sent(), clock.pendingTimers]).toEqual([1, 0])
})

it('repeats nothing for a kind of token that cannot be revoked', async () => {
  const { helped, sent } = repeat(oauthError('unsupported_token_type'))
  expect([await helped, sent()]).toEqual([true, 0])
})

it.each<[string, Response | null]>([
  ['another error', oauthError('invalid_client')],
  ['the same words with another status', oauthError('unsupported_token_type', 500)],
  ['no JSON', new Response('<p>', { status: 400 })],
  ['JSON that is no object', Response.json('unsupported_token_type', { status: 400 })],
  ['null', Response.json(null, { status: 400 })],
  ['an object without an error', Response.json({}, { status: 400 })],
])('repeats after %s', async (_name, failed) => {
  const { clock, helped, sent } = repeat(failed)
  await clock.advance(2000)
  expect([await helped, sent()]).toEqual([true, 1])
})

it.each<[string, Response | null, boolean]>([
  ['no answer', null, false],
  ['another failure', busy(), false],
  ['another error', oauthError('invalid_client'), false],
  ['that it is pointless', oauthError('unsupported_token_type'), true],
  ['pointless with another status', oauthError('unsupported_token_type', 500), false],
])('says whether it helped when the second time brings %s', async (_name, answer, expected) => {
  const { clock, helped } = repeat(null, answer)
  await clock.advance(2000)
  expect(await helped).toBe(expected)
})
