import { expect, it } from 'vitest'
import { SpatioAuthError } from '../src/errors.js'
import { lateLife } from './kit/late-chunks.js'
import { storedSession } from './kit/observe.js'
import { answerPopup, expectNothingLeft, newRelayWorld, openPopup } from './kit/popup.js'
import { loadRelayPage } from './kit/relay.js'

const codeOf = (error: unknown): string => (error as { code: string }).code

it('closes with the signal, and leaves nothing', async () => {
  const world = newRelayWorld()
  const page = world.page()
  const controller = new AbortController()
  const { popup, code } = await openPopup(world, page, { signal: controller.signal })
  controller.abort()
  expect(await code).toBe('aborted')
  expect(popup.closed).toBe(true)
  expectNothingLeft(page)
  const opened = page.tab.popups.length
  expect(await page.auth.signIn({ mode: 'popup', signal: controller.signal }).catch(codeOf)).toBe('aborted')
  expect(page.tab.popups).toHaveLength(opened)
})

it('opens none for a signal that has ended it already, whatever is loaded', async () => {
  const page = newRelayWorld().page(undefined, {}, lateLife('fails').chunks)
  await page.auth.ready()
  const signal = AbortSignal.abort()
  await expect(page.auth.signIn({ mode: 'popup', signal })).rejects.toBeInstanceOf(SpatioAuthError)
  expect(page.tab.popups).toEqual([])
})

it('closes when the client is disposed', async () => {
  const world = newRelayWorld()
  const page = world.page()
  const { popup, code } = await openPopup(world, page)
  page.auth.dispose()
  expect(await code).toBe('client_disposed')
  expect(popup.closed).toBe(true)
})

it('is void when the user signs out meanwhile, and its tokens are revoked', async () => {
  const world = newRelayWorld()
  const page = await world.signIn()
  const { popup, code } = await openPopup(world, page)
  await page.auth.signOut()
  const callback = await world.visit(popup.navigations[0] ?? '')
  loadRelayPage(page.tab, callback, { tab: page.tab, source: popup })
  expect(await code).toBe('state_mismatch')
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'signed-out' })
  expect(storedSession(page.tab)).toBeNull()
})

it('leaves the state alone when the user says no', async () => {
  const world = newRelayWorld()
  const page = await world.signIn()
  const before = page.auth.getSnapshot()
  const record = storedSession(page.tab)
  const { popup, code } = await openPopup(world, page)
  world.mock.fault('cb.error.access_denied')
  await answerPopup(world, page, popup)
  expect(await code).toBe('authorization_error')
  expect(page.auth.getSnapshot()).toBe(before)
  expect(storedSession(page.tab)).toBe(record)
  expect(popup.closed).toBe(true)
})

it('closes the window when the authority cannot be reached', async () => {
  const world = newRelayWorld()
  const page = world.page()
  world.isOffline = true
  const { popup, code } = await openPopup(world, page)
  expect(await code).toBe('discovery_failed')
  expect(popup.closed).toBe(true)
  expectNothingLeft(page)
})

it('refreshes ahead of expiry a session that began in a popup, without any sign of life', async () => {
  const world = newRelayWorld()
  const page = world.page()
  await page.auth.ready()
  const { popup, result } = await openPopup(world, page)
  await answerPopup(world, page, popup)
  await result
  await world.clock.advance(3_600_000)
  await world.settled(() => page.events.some(({ type }) => type === 'refreshed'))
  expect(popup.isCentered).toBe(true)
})
