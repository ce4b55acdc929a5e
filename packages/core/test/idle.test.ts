import { expect, it } from 'vitest'
import { storedSession } from './kit/observe.js'
import { World, type Page } from './kit/world.js'

const MINUTE = 60_000
const IDLE = { status: 'unauthenticated', reason: 'idle' }

const idleWorld = (options = {}) => new World({ idleTimeout: 600, ...options })

it('refuses an idleTimeout that is no time', () => {
  for (const idleTimeout of [0, -1, NaN])
    expect(() => idleWorld({ idleTimeout }).page()).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    )
})

it('signs out after the time without input, revokes, and asks for the login next time', async () => {
  const world = idleWorld()
  const page = await world.signIn()
  await world.clock.advance(10 * MINUTE - 1)
  expect(page.auth.getSnapshot().status).toBe('authenticated')
  await world.clock.advance(1)
  expect(page.auth.getSnapshot()).toMatchObject(IDLE)
  expect(storedSession(page.tab)).toBeNull()
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
  await world.authorize(page)
  expect(world.mock.requests({ endpoint: 'authorize' }).at(-1)?.parameters['prompt']).toBe('login')
})

it('goes on as long as somebody is there', async () => {
  const world = idleWorld()
  const page = await world.signIn()
  for (const type of ['pointerdown', 'keydown', 'wheel', 'pointermove'] as const) {
    await world.clock.advance(9 * MINUTE)
    page.tab.dispatch(type)
  }
  await world.clock.advance(10 * MINUTE - 1)
  expect(page.auth.getSnapshot().status).toBe('authenticated')
})

it('counts input of any tab for all of them, and ends them together with the same reason', async () => {
  const world = idleWorld({ storage: 'local' })
  const first = await world.signIn()
  const second = world.page()
  await second.auth.ready()
  await world.clock.advance(9 * MINUTE)
  second.tab.dispatch('keydown')
  await world.clock.advance(9 * MINUTE)
  const statuses = () => [first, second].map(({ auth }) => auth.getSnapshot())
  expect(statuses()).toMatchObject([{ status: 'authenticated' }, { status: 'authenticated' }])
  await world.clock.advance(MINUTE)
  expect(statuses()).toMatchObject([IDLE, IDLE])
})

it('hands out no token after a sleep that was too long, whatever the timers did', async () => {
  const world = idleWorld()
  const page = await world.signIn()
  world.clock.jump(11 * MINUTE)
  await expect(page.auth.getAccessToken()).rejects.toMatchObject({ code: 'not_authenticated' })
  expect(page.auth.getSnapshot()).toMatchObject(IDLE)
})

it('is not undone by the input that wakes the device', async () => {
  const world = idleWorld()
  const page = await world.signIn()
  world.clock.jump(11 * MINUTE)
  page.tab.dispatch('keydown')
  expect(page.auth.getSnapshot()).toMatchObject(IDLE)
})

it('still ends when the wall clock is set back', async () => {
  const world = idleWorld()
  const page = await world.signIn()
  world.clock.jump(-24 * 60 * MINUTE)
  await world.clock.advance(10 * MINUTE)
  expect(page.auth.getSnapshot()).toMatchObject(IDLE)
})

it('shows nobody when the app is opened after the time is over', async () => {
  const world = idleWorld()
  const { tab } = await world.signIn()
  tab.load('/')
  await world.clock.advance(11 * MINUTE)
  const page: Page = await world.reload(tab)
  expect(page.auth.getSnapshot()).toMatchObject(IDLE)
  expect(
    page.events.some((event) => event.type === 'state_changed' && event.status === 'authenticated'),
  ).toBe(false)
})

it('counts anew from a sign-in that comes long after the last input', async () => {
  const world = idleWorld()
  const page = world.page()
  await page.auth.ready()
  await world.clock.advance(60 * MINUTE)
  const next = await world.reload(page.tab, await world.authorize(page))
  expect(next.auth.getSnapshot().status).toBe('authenticated')
  await world.clock.advance(10 * MINUTE)
  expect(next.auth.getSnapshot()).toMatchObject(IDLE)
})

it('does not blame idleness for a sign-out elsewhere', async () => {
  const world = idleWorld({ storage: 'local' })
  const first = await world.signIn()
  const second = world.page()
  await second.auth.ready()
  await world.clock.advance(MINUTE)
  await first.auth.signOut()
  await world.settled(() => !second.auth.getSnapshot().isAuthenticated)
  expect(second.auth.getSnapshot()).toMatchObject({ reason: 'signed-out-elsewhere' })
})
