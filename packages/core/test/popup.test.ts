import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import type { SignInOptions } from '../src/client/spatio-auth.js'
import { APP_ORIGIN } from './kit/fake-browser.js'
import { observeRefusal, type ObservedRefusal } from './kit/observe-refusal.js'
import { observeSignIn, storedSession } from './kit/observe.js'
import { answerPopup, newRelayWorld, observeRefusedPopup, openPopup } from './kit/popup.js'
import { loadRelayPage } from './kit/relay.js'
import { RELAY_PATH, World } from './kit/world.js'

const codeOf = (error: unknown): string => (error as { code: string }).code

caseTest('POP-01', 'rejects at once when the browser opens no window', async () => {
  const world = newRelayWorld()
  const outcomes: ObservedRefusal[] = []
  for (const page of [world.page(), await world.signIn()]) {
    await page.auth.ready()
    page.tab.popupPolicy = 'blocks'
    outcomes.push(await observeRefusal(page, () => page.auth.signIn({ mode: 'popup' })))
    expect(page.auth.getActivity().pending).toBeNull()
    page.tab.popupPolicy = 'opens'
    const { popup, result } = await openPopup(world, page)
    await answerPopup(world, page, popup)
    await expect(result).resolves.toMatchObject({ status: 'authenticated' })
  }
  expect(outcomes[1]).toEqual(outcomes[0])
  return outcomes[0]
})

it('opens the window before anything is awaited', () => {
  const page = newRelayWorld().page()
  page.auth.signIn({ mode: 'popup' }).catch(() => undefined)
  expect(page.tab.popups).toHaveLength(1)
})

it('opens no window without relayPath, and says that it is missing', async () => {
  const page = new World().page()
  expect(await page.auth.signIn({ mode: 'popup' }).then(() => '', codeOf)).toBe('config_invalid')
  expect(page.tab.popups).toEqual([])
})

caseTest('POP-02', 'rejects within a second when the user closes the window', () =>
  observeRefusedPopup(async (popup, world, page) => {
    popup.arrive()
    await world.clock.advance(5000)
    expect(page.auth.getActivity().pending).toBe('sign-in')
    popup.close()
    await world.clock.advance(1000)
    expect(page.auth.getActivity().pending).toBeNull()
  }),
)

it('takes the answer of a window that was closed while it was on its way', async () => {
  const world = newRelayWorld()
  const page = world.page()
  const { popup, result } = await openPopup(world, page)
  popup.arrive()
  await world.clock.advance(1000)
  const callback = await world.visit(popup.navigations[0] ?? '')
  popup.close()
  await world.clock.advance(300)
  loadRelayPage(page.tab, callback, { tab: page.tab, source: popup })
  await expect(result).resolves.toMatchObject({ status: 'authenticated' })
})

caseTest('POP-03', 'signs in by the channel when the authority cuts the window off', async () => {
  const world = newRelayWorld()
  const page = world.page()
  const { popup, result } = await openPopup(world, page)
  popup.cutOff()
  await world.clock.advance(120_000)
  const relay = await answerPopup(world, page, popup, false)
  await result
  await world.clock.advance(2000)
  expect(relay.shown).toEqual(['finished'])
  expect(relay.isClosed()).toBe(true)
  return observeSignIn(page)
})

caseTest(
  'POP-03',
  'keeps waiting when a later page cuts the window off, while the user is over there',
  async () => {
    const world = newRelayWorld()
    const page = world.page()
    const { popup, result } = await openPopup(world, page)
    popup.arrive()
    page.tab.hasFocus = false
    await world.clock.advance(5000)
    popup.cutOff()
    await world.clock.advance(60_000)
    await answerPopup(world, page, popup, false)
    await result
    return observeSignIn(page)
  },
)

caseTest('POP-03', 'gives up a window that was cut off and never answers', () =>
  observeRefusedPopup(async (popup, world, page) => {
    popup.cutOff()
    await world.clock.advance(599_000)
    expect(page.auth.getActivity().pending).toBe('sign-in')
    await world.clock.advance(1000)
  }),
)

it('opens another window in place of one that was cut off', async () => {
  const world = newRelayWorld()
  const page = world.page()
  const first = await openPopup(world, page)
  first.popup.cutOff()
  const second = await openPopup(world, page)
  expect(await first.code).toBe('popup_closed')
  await answerPopup(world, page, second.popup)
  await expect(second.result).resolves.toMatchObject({ status: 'authenticated' })
  expect(page.auth.getActivity().pending).toBeNull()
})

caseTest('POP-07', 'gives up after transactionLifetime', () =>
  observeRefusedPopup(
    async (popup, world, page) => {
      popup.arrive()
      await world.clock.advance(89_000)
      expect(page.auth.getActivity().pending).toBe('sign-in')
      await world.clock.advance(1000)
    },
    { transactionLifetime: 90 },
  ),
)

caseTest('POP-08', 'brings the open window to the front instead of opening a second', async () => {
  const world = newRelayWorld()
  const page = world.page()
  const { popup, result } = await openPopup(world, page)
  const outcome = await observeRefusal(page, () => page.auth.signIn({ mode: 'popup' }))
  expect(await observeRefusal(page, () => page.auth.signIn())).toEqual(outcome)
  expect(page.tab.popups).toHaveLength(1)
  expect(popup.timesFocused).toBe(2)
  await answerPopup(world, page, popup)
  await expect(result).resolves.toMatchObject({ status: 'authenticated' })
  return outcome
})

caseTest('POP-09', 'says in the window that nobody waits for it any more', async () => {
  const world = newRelayWorld()
  const page = await world.signIn()
  const [record, token] = [storedSession(page.tab), await page.auth.getAccessToken()]
  const { popup } = await openPopup(world, page)
  // The page that opened it was loaded again.
  const again = await world.reload(page.tab, '/')
  const sent = world.sent.length
  const relay = await answerPopup(world, page, popup)
  expect(relay.shown).toEqual([])
  await world.clock.advance(1500)
  expect(relay.shown).toHaveLength(1)
  expect(relay.isClosed()).toBe(false)
  expect(relay.tab.href).toBe(APP_ORIGIN + RELAY_PATH)
  expect(world.sent.slice(sent)).toEqual([])
  expect(storedSession(again.tab)).toBe(record)
  await expect(again.auth.getAccessToken()).resolves.toBe(token)
  expect(again.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  return { kind: 'reject', code: relay.shown[0] ?? '' }
})

caseTest('POP-10', 'leaves the page where the browser gives the same window back', async () => {
  const world = newRelayWorld()
  const page = world.page()
  page.tab.popupPolicy = 'this-window'
  const callback = await world.authorize(page, { mode: 'popup' } as SignInOptions & { mode: 'redirect' })
  expect(new URL(callback).pathname).toBe('/')
  return observeSignIn(await world.reload(page.tab, callback))
})
