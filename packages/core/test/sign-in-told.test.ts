import { describe, expect, it } from 'vitest'
import type { SpatioAuthEvent } from '../src/events.js'
import { forgeIdToken } from './kit/forge.js'
import { answerFrame, askInFrame, signInAtAuthority } from './kit/frame.js'
import { answerPopup, newRelayWorld, openPopup } from './kit/popup.js'
import { signInAs } from './kit/sign-in-as.js'
import { storedSession } from './kit/observe.js'
import { World, type Page } from './kit/world.js'

const TOLD: readonly SpatioAuthEvent['type'][] = ['callback_received', 'signed_in', 'user_changed', 'warning']
/** What the app was told of a sign-in, without when. */
function told({ events }: Page): unknown[] {
  return events.filter(({ type }) => TOLD.includes(type)).map(({ at: _, ...event }) => event)
}
const CODE = { type: 'callback_received', outcome: 'code' }
const DENIED = { type: 'callback_received', outcome: 'error' }
const SIGNED_IN = { type: 'signed_in', scopes: ['openid', 'profile', 'email', 'offline_access'] }
/** Does something as soon as the token endpoint has been asked. */
function whileExchanged(world: World, act: () => unknown): void {
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith('/oauth2/token')) return undefined
    act()
    return forward(request)
  })
}
const isRevoked = ({ mock }: World) => mock.requests({ endpoint: 'revoke' }).length === 2

describe('a sign-in tells', () => {
  it('that the callback brought a code, and which scopes were granted', async () => {
    const page = await new World().signIn()
    expect(told(page)).toEqual([CODE, { ...SIGNED_IN, scopes: page.auth.getSnapshot().scopes }])
  })

  it('that the callback brought an error', async () => {
    const world = new World()
    world.mock.fault('cb.error.access_denied')
    expect(told(await world.signIn())).toEqual([DENIED])
  })

  it('the same when it was made in a popup', async () => {
    const world = newRelayWorld()
    const page = world.page()
    const { popup, result } = await openPopup(world, page)
    await answerPopup(world, page, popup)
    await result
    expect(told(page)).toEqual([CODE, { ...SIGNED_IN, scopes: page.auth.getSnapshot().scopes }])
    world.mock.fault('cb.error.access_denied')
    const next = await openPopup(world, page)
    await answerPopup(world, page, next.popup)
    expect(await next.code).toBe('authorization_error')
    expect(told(page).slice(2)).toEqual([DENIED])
  })

  it('that it is under way while the code is exchanged, and no longer', async () => {
    const world = new World()
    const { tab } = world.page()
    const callback = await world.authorize(world.page(tab))
    tab.load(callback)
    const page = world.page(tab)
    const pending: unknown[] = []
    page.auth.subscribeActivity(() => pending.push(page.auth.getActivity().pending))
    await page.auth.ready()
    expect([pending[0], pending.at(-1)]).toEqual(['callback', null])
  })

  it('of another user only when there was one', async () => {
    const world = new World()
    const mira = await signInAs(world, 'usr_mira')
    const again = await world.reload(mira.tab, await world.authorize(mira))
    expect(again.events.map(({ type }) => type)).not.toContain('user_changed')
  })
})

describe('an answer in a popup or a frame that comes too late is not used, and its tokens are revoked', () => {
  it('when the user has signed out meanwhile', async () => {
    const world = newRelayWorld()
    const page = await world.signIn()
    const { popup, code } = await openPopup(world, page)
    whileExchanged(world, () => page.auth.signOut())
    await answerPopup(world, page, popup)
    expect(await code).toBe('aborted')
    expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'signed-out' })
    expect(storedSession(page.tab)).toBeNull()
    // Those of the session, then those that came too late.
    await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 4)
  })

  it('when the user has signed in otherwise meanwhile', async () => {
    const world = newRelayWorld()
    await signInAtAuthority(world)
    const page = world.page()
    const { frame, code } = await askInFrame(world, page)
    const { popup, result } = await openPopup(world, page)
    await answerPopup(world, page, popup)
    const state = await result
    await answerFrame(world, page, frame)
    expect(await code).toBe('aborted')
    expect(page.auth.getSnapshot()).toBe(state)
    await world.settled(() => isRevoked(world))
  })

  it('when the client was disposed while the code was exchanged', async () => {
    const world = newRelayWorld()
    const page = world.page()
    const { popup, code } = await openPopup(world, page)
    whileExchanged(world, () => page.auth.dispose())
    await answerPopup(world, page, popup)
    expect(await code).toBe('client_disposed')
    expect(storedSession(page.tab)).toBeNull()
    await world.settled(() => isRevoked(world))
  })
})

describe('a question that nobody asked for', () => {
  async function comeBack(world: World, tab = world.browser.open()): Promise<Page> {
    const page = world.page(tab, { silentOnLoad: 'redirect' })
    void page.auth.ready()
    await world.settled(() => tab.navigations.length > 0)
    tab.load(await world.visit(tab.navigations.pop() ?? ''))
    const next = world.page(tab, { silentOnLoad: 'redirect' })
    await next.auth.ready()
    return next
  }

  it('shows nobody that it was refused, and warns of nothing when it only needed a user', async () => {
    const page = await comeBack(new World())
    expect(page.auth.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      reason: 'initial',
      error: null,
    })
    expect(told(page)).toEqual([DENIED])
  })

  it('warns of what was wrong otherwise', async () => {
    const world = new World()
    await world.signIn()
    world.intercepts.push(forgeIdToken({ claims: (claims) => ({ ...claims, nonce: 'other' }) }))
    const page = await comeBack(world)
    expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null })
    expect(told(page)).toEqual([CODE, { type: 'warning', code: 'id_token_nonce_mismatch' }])
  })
})
