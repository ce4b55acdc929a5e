import { expect, it } from 'vitest'
import { lateLife, type LateLife } from './kit/late-chunks.js'
import { World, type Page } from './kit/world.js'

const MINUTE = 60_000
const IDLE = { status: 'unauthenticated', reason: 'idle' }
const codeOf = (error: unknown): string => (error as { code: string }).code

/** An app with idleTimeout that is opened again after a while, with a life chunk that hangs or fails. */
async function openAgain(
  fate: 'fails' | 'hangs',
  awayFor: number,
): Promise<{ world: World; page: Page; life: LateLife; settled: Promise<unknown> }> {
  const world = new World({ idleTimeout: 600, storage: 'local' })
  const { tab } = await world.signIn()
  tab.load('/')
  await world.clock.advance(awayFor)
  const life = lateLife(fate)
  const page = world.page(tab, {}, life.chunks)
  const settled = page.auth.ready()
  await world.clock.advance(0)
  return { world, page, life, settled }
}
const wasShown = ({ events }: Page): boolean =>
  events.some((event) => event.type === 'state_changed' && event.status === 'authenticated')

it.each(['fails', 'hangs'] as const)(
  'shows nobody, and hands out no token, while life %s and may find that the time is over',
  async (fate) => {
    const { world, page, life, settled } = await openAgain(fate, 11 * MINUTE)
    await world.clock.advance(5000)
    const code = fate === 'fails' ? 'engine_load_failed' : 'timeout'
    expect(await settled).toMatchObject({ status: 'error', error: { code, retryable: true } })
    const token = page.auth.getAccessToken().catch(codeOf)
    await world.clock.advance(10_000)
    expect(await token).toBe('engine_load_failed')
    life.set('comes')
    await world.clock.advance(5000)
    expect(page.auth.getSnapshot()).toMatchObject(IDLE)
    expect(wasShown(page)).toBe(false)
  },
)

it('shows who was there a moment ago as soon as life has come, and counts from there', async () => {
  const { world, page, life, settled } = await openAgain('fails', MINUTE)
  expect(await settled).toMatchObject({ status: 'error' })
  life.set('comes')
  await world.clock.advance(5000)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  await expect(page.auth.getAccessToken()).resolves.toMatch(/^tok_/)
  await world.clock.advance(9 * MINUTE - 5001)
  expect(page.auth.getSnapshot().status).toBe('authenticated')
  await world.clock.advance(1)
  expect(page.auth.getSnapshot()).toMatchObject(IDLE)
})

it('ends a session by the sign of idleness alone when nobody can load life for it', async () => {
  const { world, page, life } = await openAgain('fails', MINUTE)
  await page.auth.signOut()
  life.set('comes')
  await world.clock.advance(5000)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'signed-out' })
})

it('does not end, by an idle tab, the session that has just begun in another one', async () => {
  const world = new World({ idleTimeout: 600, storage: 'local' })
  const sleeping = await world.signIn()
  // The browser has frozen it: no timer of it runs, and no message arrives.
  world.browser.tabs.delete(sleeping.tab)
  const other = world.page()
  await other.auth.ready()
  world.clock.jump(11 * MINUTE)
  const callback = await world.authorize(other)
  const begun = await world.reload(other.tab, callback)
  expect(begun.auth.getSnapshot().status).toBe('authenticated')
  world.browser.tabs.add(sleeping.tab)
  const token = await sleeping.auth.getAccessToken()
  expect(await begun.auth.getAccessToken()).toBe(token)
  expect(sleeping.auth.getSnapshot().status).toBe('authenticated')
})

it('counts the sign-in of another tab as input, should that tab not have told of it', async () => {
  const world = new World({ storage: 'local' })
  const { tab } = await world.signIn()
  tab.load('/')
  const idle = world.page(tab, { idleTimeout: 600 })
  await idle.auth.ready()
  // Until what hears the other tabs is there.
  await world.clock.advance(0)
  world.clock.jump(9 * MINUTE)
  // An earlier version of the app, which knows of no idle time.
  await world.signIn()
  await world.clock.advance(0)
  world.clock.jump(2 * MINUTE)
  idle.tab.dispatch('focus')
  await world.clock.advance(0)
  expect(idle.auth.getSnapshot().status).toBe('authenticated')
})

it('finishes the sign-in of a user whose time was over when they came back', async () => {
  const world = new World({ idleTimeout: 600 })
  const page = await world.signIn()
  world.clock.jump(599_000)
  const callback = await world.authorize(page)
  page.tab.load('/')
  world.clock.jump(2000)
  const back = await world.reload(page.tab, callback)
  expect(back.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
})

it('does not show who has been idle when the callback they come back with is refused', async () => {
  const world = new World({ idleTimeout: 600 })
  const { tab } = await world.signIn()
  tab.load('/')
  await world.clock.advance(11 * MINUTE)
  const page = await world.reload(tab, '/?error=access_denied&state=sp1.forged')
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'state_mismatch' } })
  expect(wasShown(page)).toBe(false)
})
