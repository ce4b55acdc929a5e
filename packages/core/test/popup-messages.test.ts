import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { relayResponse } from '../src/relay-response.js'
import { APP_ORIGIN } from './kit/fake-browser.js'
import { observeSignIn } from './kit/observe.js'
import { answerPopup, newRelayWorld, observeRefusedPopup, openPopup } from './kit/popup.js'
import { loadRelayPage, postTo } from './kit/relay.js'
import { RELAY_PATH } from './kit/world.js'

caseTest('POP-04', 'ignores answers from another origin, another window and another sign-in', async () => {
  const world = newRelayWorld()
  const page = world.page()
  const { popup, result } = await openPopup(world, page)
  const state = new URL(popup.navigations[0] ?? '').searchParams.get('state') ?? ''
  const forged = { query: `code=stolen&state=${state}` }
  postTo(page.tab, { data: forged, origin: 'https://evil.test', source: popup })
  postTo(page.tab, { data: forged, origin: 'http://localhost:5174', source: popup })
  postTo(page.tab, { data: forged, origin: 'null', source: popup })
  postTo(page.tab, { data: forged, origin: APP_ORIGIN, source: {} })
  postTo(page.tab, { data: { query: 'code=stolen&state=sp1.x' }, origin: APP_ORIGIN, source: popup })
  await world.clock.advance(1000)
  expect(world.tokenRequests('authorization_code')).toBe(0)
  expect(popup.closed).toBe(false)
  await answerPopup(world, page, popup)
  await expect(result).resolves.toMatchObject({ status: 'authenticated' })
  return { kind: 'ignore' }
})

caseTest('POP-05', 'ignores whatever is no answer', async () => {
  const world = newRelayWorld()
  const page = world.page()
  const { popup, result } = await openPopup(world, page)
  const state = new URL(popup.navigations[0] ?? '').searchParams.get('state') ?? ''
  const trap = {
    get query(): string {
      throw new Error('a getter')
    },
  }
  const junk = [
    null,
    undefined,
    0,
    'text',
    [],
    {},
    trap,
    { query: 1 },
    { query: { state } },
    { query: '' },
    { query: '%E0%A4%A&state=%' },
    { query: `state=${state}&code=${'x'.repeat(1_000_000)}` },
    Symbol.iterator,
    () => state,
  ]
  for (const data of junk) postTo(page.tab, { data, origin: APP_ORIGIN, source: popup })
  await world.clock.advance(1000)
  expect(world.tokenRequests('authorization_code')).toBe(0)
  await answerPopup(world, page, popup)
  await expect(result).resolves.toMatchObject({ status: 'authenticated' })
  return { kind: 'ignore' }
})

caseTest('POP-06', 'posts the answer to its own origin only, and no token in it', async () => {
  const world = newRelayWorld()
  const page = world.page()
  const { popup, result } = await openPopup(world, page)
  const callback = await world.visit(popup.navigations[0] ?? '')
  const posted: [unknown, unknown][] = []
  const tab = world.browser.open(callback)
  const { location, history, openChannel, setTimer } = tab.environment()
  relayResponse({
    location,
    history,
    recipient: { postMessage: (data: unknown, target: unknown) => void posted.push([data, target]) },
    openChannel: (name) => openChannel(name) as BroadcastChannel,
    setTimer,
    show: () => undefined,
    close: () => undefined,
  })
  expect(posted).toEqual([[{ query: new URL(callback).search.slice(1) }, APP_ORIGIN]])
  expect(tab.href).toBe(APP_ORIGIN + RELAY_PATH)
  await result
  return observeSignIn(page)
})

it('signs in by a message where channels are missing', async () => {
  const world = newRelayWorld()
  const page = world.page()
  page.tab.hasChannels = false
  const { popup, result } = await openPopup(world, page)
  await answerPopup(world, page, popup)
  await result
  expect(observeSignIn(page)).toEqual({ kind: 'accept' })
})

caseTest('CB-18', 'uses no answer of a popup that has tokens in its fragment', async () => {
  return observeRefusedPopup(async (popup, world, page) => {
    const callback = await world.visit(popup.navigations[0] ?? '')
    const source = { tab: page.tab, source: popup }
    const relay = loadRelayPage(page.tab, `${callback}#access_token=tok_evil`, source)
    expect(relay.tab.href).toBe(APP_ORIGIN + RELAY_PATH)
    relay.tab.close()
  })
})
