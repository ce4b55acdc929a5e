import { expect, it } from 'vitest'
import { SpatioAuthError } from '../../src/errors.js'
import { authorizeInFrame } from '../../src/life/silent-authorization.js'
import { APP_ORIGIN } from '../kit/fake-browser.js'
import { flush } from '../kit/flush.js'
import { json } from '../kit/protocol-page.js'
import { toAuthorizationContext } from '../kit/life-page.js'
import { refusal, refusalOf, type Refusal } from '../kit/refusal.js'
import { postTo } from '../kit/relay.js'
import { openSignInPage, REQUEST, type SignInSetting } from '../kit/sign-in-page.js'

/** A hidden frame that is on its way to the authority. */
async function open(setting: SignInSetting = {}) {
  const page = openSignInPage(setting)
  const controller = new AbortController()
  const request = { ...REQUEST, prompt: 'none' }
  const authorizing = authorizeInFrame(toAuthorizationContext(page), request, controller.signal)
  const refusing = refusalOf(() => authorizing)
  await flush()
  const [frame] = page.tab.frames
  if (frame === undefined) throw new Error('no frame was opened')
  page.visit(frame.url)
  const state = new URL(frame.url).searchParams.get('state')
  let ended: Refusal | 'well' | null = null
  void refusing.then((found) => (ended = found ?? 'well'))
  return {
    ...page,
    frame,
    controller,
    authorizing,
    refusing,
    ended: async () => (await flush(), ended),
    answer: (query: string) =>
      postTo(page.tab, {
        data: { query: `${query}&state=${state}` },
        origin: APP_ORIGIN,
        source: frame.window,
      }),
  }
}

const TIMEOUT = refusal('authorization_request', 'silent_timeout', { retryable: true })
const ABORTED = refusal('authorization_request', 'aborted')

it('asks in a frame, takes its answer, removes it and leaves nothing behind', async () => {
  const page = await open()
  expect(new URL(page.frame.url).searchParams.get('prompt')).toBe('none')
  expect(page.frame.isAttached()).toBe(true)
  page.answer('code=c-1')
  expect(await page.authorizing).toMatchObject({ kind: 'signed-in', tokenSet: { accessToken: 'tok_1' } })
  expect(page.frame.isAttached()).toBe(false)
  expect(page.clock.pendingTimers).toBe(0)
})

it('removes the frame before the code is exchanged', async () => {
  const exchange = { isAttached: true }
  const page = await open({
    answer: () => {
      exchange.isAttached = page.frame.isAttached()
      return json({ error: 'invalid_grant' }, 400)
    },
  })
  page.answer('code=c-1')
  await page.authorizing
  expect(exchange.isAttached).toBe(false)
})

it('hears that the user must be asked', async () => {
  const page = await open()
  page.answer('error=login_required')
  expect(await page.authorizing).toMatchObject({ kind: 'refused', error: { code: 'login_required' } })
})

it.each([
  [3, 3000],
  [10, 10_000],
  [60, 10_000],
])('waits with a requestTimeout of %i s for %i ms', async (requestTimeout, longest) => {
  const page = await open({ options: { requestTimeout } })
  await page.clock.advance(longest - 1)
  expect(await page.ended()).toBeNull()
  await page.clock.advance(1)
  expect(await page.ended()).toEqual(TIMEOUT)
  expect(page.frame.isAttached()).toBe(false)
  expect(page.tab.sessionStorage.length).toBe(0)
  expect(page.clock.pendingTimers).toBe(0)
})

it('ends within 200 ms when the page takes the frame away, without looking all the time', async () => {
  const page = await open()
  expect(page.clock.pendingTimers).toBe(2)
  await page.clock.advance(200)
  page.frame.remove()
  await page.clock.advance(199)
  expect(await page.ended()).toBeNull()
  await page.clock.advance(1)
  expect(await page.ended()).toEqual(ABORTED)
  expect(page.tab.sessionStorage.length).toBe(0)
})

it('ends by its signal, removes the frame and forgets the sign-in', async () => {
  const page = await open()
  page.controller.abort(new SpatioAuthError('aborted', { phase: 'authorization_request' }))
  expect(await page.refusing).toEqual(ABORTED)
  expect(page.frame.isAttached()).toBe(false)
  expect(page.tab.sessionStorage.length).toBe(0)
  expect(page.clock.pendingTimers).toBe(0)
})
