import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient } from '../src/client/client.js'
import { CHUNKS } from '../src/client/load-chunks.js'
import { tellMistakes } from '../src/client/mistakes.js'
import type { Front } from '../src/client/front.js'
import type { SpatioAuthOptions } from '../src/options.js'
import { resolveOptions } from '../src/resolve-options.js'
import type { FakeTab } from './kit/fake-browser.js'
import { CLIENT_ID, ISSUER, World, type Page } from './kit/world.js'

const MINUTE = 60_000

/** What the console of the page says. */
const said: string[] = []
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation((text: string) => void said.push(text)))
afterEach(() => {
  vi.restoreAllMocks()
  expect(said.splice(0)).toEqual([])
})

const warnings = ({ events }: Pick<Page, 'events'>): string[] =>
  events.flatMap((event) => (event.type === 'warning' ? [event.code] : []))

/** Leaves for the authority and is not brought back. */
async function leave(world: World, tab: FakeTab, options: Partial<SpatioAuthOptions> = {}): Promise<void> {
  const page = world.page(tab, options)
  await page.auth.ready()
  await world.authorize(page)
  tab.load('/')
}

describe('a sign-in of which nothing came back', () => {
  it('is told when the app is opened again after the life of the transaction, with where the answer was to arrive', async () => {
    const world = new World()
    const tab = world.browser.open()
    await leave(world, tab)
    await world.clock.advance(11 * MINUTE)
    const page = await world.reload(tab, '/')
    expect(warnings(page)).toEqual(['callback_overdue'])
    expect(said.splice(0)).toEqual([
      'callback_overdue: A sign-in left for the authority, and nothing came back within `transactionLifetime`. ' +
        'Was there an error page? Register the redirect URI named here, letter by letter. Is the code still in the ' +
        'address bar? Start the client there. [http://localhost:5173/] ' +
        'See https://docs.spatio.app/auth/errors#callback_overdue',
    ])
    expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
  })

  it('is told before the next sign-in sweeps it away, in a page that stayed open, once', async () => {
    const world = new World()
    const tab = world.browser.open()
    await leave(world, tab)
    const page = await world.reload(tab, '/')
    await world.clock.advance(11 * MINUTE)
    await world.authorize(page)
    expect(warnings(page)).toEqual(['callback_overdue'])
    await page.auth.retry()
    expect(warnings(page)).toHaveLength(1)
    expect(said.splice(0)).toHaveLength(1)
  })

  it('keeps the query of its redirect URI to itself', async () => {
    const world = new World()
    const tab = world.browser.open()
    await leave(world, tab, { redirectPath: '/in?tenant=secret' }).catch(() => undefined)
    await world.clock.advance(11 * MINUTE)
    await world.reload(tab, '/')
    expect(said.splice(0).join()).toMatch(/^callback_overdue: .*\[http:\/\/localhost:5173\/in\] See/)
  })

  it('is not told while it may still come back, after it came too late, or to who is signed in', async () => {
    const world = new World()
    const tab = world.browser.open()
    await leave(world, tab)
    await world.clock.advance(9 * MINUTE)
    expect(warnings(await world.reload(tab, '/'))).toEqual([])
    const late = world.browser.open()
    const callback = await world.authorize(world.page(late))
    late.load('/')
    await world.clock.advance(11 * MINUTE)
    const tooLate = await world.reload(late, callback)
    expect([tooLate.auth.getSnapshot().error?.code, ...warnings(tooLate)]).toEqual(['transaction_expired'])
    const other = world.browser.open()
    await leave(world, other)
    await world.signIn(other)
    await world.clock.advance(11 * MINUTE)
    expect(warnings(await world.reload(other, '/'))).toEqual([])
  })
})

describe('two clients on one storage key', () => {
  /** Clients of one page. */
  function openTwo(world: World, options: Partial<SpatioAuthOptions> = {}) {
    const environment = world.browser.open().environment()
    return [{}, options].map((given) => {
      const resolved = resolveOptions({ clientId: CLIENT_ID, issuer: ISSUER, ...given })
      const auth = createClient(resolved, () => environment, CHUNKS)
      const events: Page['events'] = []
      auth.on('warning', (event) => events.push(event))
      return { auth, events }
    }) as [Pick<Page, 'auth' | 'events'>, Pick<Page, 'auth' | 'events'>]
  }

  it('are told when the second one starts, once', async () => {
    const [first, second] = openTwo(new World())
    await first.auth.ready()
    await second.auth.ready()
    await second.auth.retry()
    expect(warnings(first)).toEqual([])
    expect(warnings(second)).toEqual(['client_duplicate'])
    expect(said.splice(0)).toEqual([
      'client_duplicate: Two clients with one issuer and one clientId run in this page. They share what they store, ' +
        "and one takes the other's callback. Call createSpatioAuth once, in a module of its own. After a hot update " +
        'of it: reload the page. [demo-app] See https://docs.spatio.app/auth/errors#client_duplicate',
    ])
  })

  it('are none when the first was disposed, starts again, or is another client', async () => {
    const [first, second] = openTwo(new World())
    await first.auth.ready()
    first.auth.dispose()
    await first.auth.ready()
    first.auth.dispose()
    await second.auth.ready()
    expect(warnings(second)).toEqual([])
    const [one, other] = openTwo(new World(), { clientId: 'another-app' })
    await one.auth.ready()
    await other.auth.ready()
    expect(warnings(other)).toEqual([])
  })
})

it('production looks for nothing', () => {
  const nothing = new Proxy({} as Front, { get: () => expect.unreachable() })
  expect(tellMistakes(nothing)).toBeUndefined()
})
