import { expect, it } from 'vitest'
import { SpatioAuthError } from '../../src/errors.js'
import { authorizeInPopup } from '../../src/life/popup-authorization.js'
import { APP_ORIGIN } from '../kit/fake-browser.js'
import { FakePopup } from '../kit/fake-window.js'
import { flush } from '../kit/flush.js'
import { toAuthorizationContext } from '../kit/life-page.js'
import { refusal, refusalOf, type Refusal } from '../kit/refusal.js'
import { postTo } from '../kit/relay.js'
import { openSignInPage, REQUEST, type SignInSetting } from '../kit/sign-in-page.js'

/** A popup that was sent to the authority; `isCut`: by the first page it is cut off from its opener. */
async function open(setting: SignInSetting = {}, prepare: (popup: FakePopup) => void = () => undefined) {
  const page = openSignInPage(setting)
  const popup = new FakePopup()
  prepare(popup)
  const controller = new AbortController()
  const authorizing = authorizeInPopup(toAuthorizationContext(page), REQUEST, popup, controller.signal)
  const refusing = refusalOf(() => authorizing)
  await flush()
  const [key] = page.tab.sessionStorage.entries()[0] ?? ['']
  const state = key.slice(key.lastIndexOf(':') + 1)
  let ended: Refusal | 'well' | null = null
  void refusing.then((found) => (ended = found ?? 'well'))
  return {
    ...page,
    popup,
    controller,
    authorizing,
    refusing,
    state,
    ended: async () => (await flush(), ended),
    answer: (query: string) => postTo(page.tab, { data: { query }, origin: APP_ORIGIN, source: popup }),
  }
}

const refused = (code: Refusal['code']) => refusal('authorization_request', code, { retryable: true })
const CLOSED = refused('popup_closed')

it('sends the popup to the authority, takes its answer, closes it and leaves nothing behind', async () => {
  const page = await open()
  expect(page.popup.navigations).toHaveLength(1)
  expect(page.popup.closed).toBe(false)
  page.visit(page.popup.navigations[0] ?? '')
  expect(new URL(page.popup.navigations[0] ?? '').searchParams.get('state')).toBe(page.state)
  page.popup.arrive()
  page.answer(`code=c-1&state=${page.state}`)
  expect(await page.authorizing).toMatchObject({ kind: 'signed-in', tokenSet: { accessToken: 'tok_1' } })
  expect(page.popup.closed).toBe(true)
  expect(page.clock.pendingTimers).toBe(0)
})

it('closes the popup before the code is exchanged', async () => {
  const exchange = { isClosed: false }
  const page = await open({
    answer: () => {
      exchange.isClosed = page.popup.closed
      return Response.json({ error: 'invalid_grant' }, { status: 400 })
    },
  })
  page.answer(`code=c-1&state=${page.state}`)
  expect(await page.authorizing).toMatchObject({ kind: 'refused', error: { code: 'token_endpoint_error' } })
  expect(exchange.isClosed).toBe(true)
})

it('sends nowhere a popup that was closed meanwhile', async () => {
  const page = await open({}, (popup) => popup.close())
  expect(page.popup.navigations).toEqual([])
  await page.clock.advance(600)
  expect(await page.ended()).toEqual(CLOSED)
})

it('sees within 100 ms that the popup was closed, and waits 600 ms for an answer on its way', async () => {
  const page = await open()
  page.popup.arrive()
  await page.clock.advance(100)
  page.popup.close()
  await page.clock.advance(99)
  expect(page.clock.pendingTimers).toBe(2)
  await page.clock.advance(1 + 599)
  expect(await page.ended()).toBeNull()
  await page.clock.advance(1)
  expect(await page.ended()).toEqual(CLOSED)
  expect(page.tab.sessionStorage.length).toBe(0)
  expect(page.clock.pendingTimers).toBe(0)
})

it('takes an answer that was on its way when the popup was closed', async () => {
  const page = await open()
  page.visit(page.popup.navigations[0] ?? '')
  page.popup.arrive()
  await page.clock.advance(100)
  page.popup.close()
  await page.clock.advance(500)
  page.answer(`code=c-1&state=${page.state}`)
  expect(await page.authorizing).toMatchObject({ kind: 'signed-in' })
})

it('takes a popup whose page is cut off for open, for it was never seen at the authority', async () => {
  const page = await open()
  await page.clock.advance(100)
  page.popup.cutOff()
  await page.clock.advance(60_000)
  expect(await page.ended()).toBeNull()
})

it('takes a popup that was cut off later for open while the user is there, and for closed when they are back', async () => {
  const page = await open()
  page.popup.arrive()
  await page.clock.advance(100)
  page.popup.cutOff()
  page.tab.hasFocus = false
  await page.clock.advance(60_000)
  expect(await page.ended()).toBeNull()
  page.tab.hasFocus = true
  await page.clock.advance(700)
  expect(await page.ended()).toEqual(CLOSED)
})

it('waits as long as a transaction lives', async () => {
  const page = await open({ options: { transactionLifetime: 120 } })
  await page.clock.advance(119_999)
  expect(await page.ended()).toBeNull()
  await page.clock.advance(1)
  expect(await page.ended()).toEqual(refused('popup_timeout'))
  expect(page.popup.closed).toBe(true)
})

it('ends by its signal, closes the popup and forgets the sign-in', async () => {
  const page = await open()
  page.controller.abort(new SpatioAuthError('aborted', { phase: 'authorization_request' }))
  expect(await page.refusing).toEqual(refusal('authorization_request', 'aborted'))
  expect(page.popup.closed).toBe(true)
  expect(page.tab.sessionStorage.length).toBe(0)
})
