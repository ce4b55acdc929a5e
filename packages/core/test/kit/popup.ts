import { expect } from 'vitest'
import type { SignInOptions } from '../../src/client/spatio-auth.js'
import type { SpatioAuthOptions } from '../../src/options.js'
import type { AuthState } from '../../src/session/auth-state.js'
import type { FakePopup } from './fake-window.js'
import { observeRefusal, type ObservedRefusal } from './observe-refusal.js'
import { loadRelayPage, type RelayPage } from './relay.js'
import { RELAY_PATH, World, type Page } from './world.js'

const codeOf = (error: unknown): string => (error as { code: string }).code

/** A world whose app has a relay page. */
export const newRelayWorld = (): World => new World({ relayPath: RELAY_PATH })

export interface OpenPopup {
  readonly popup: FakePopup
  readonly result: Promise<AuthState>
  /** The code it was rejected with, once it was. */
  readonly code: Promise<string>
}

/** Opens a popup, and waits until it is on its way to the authority. */
export async function openPopup(world: World, page: Page, options: SignInOptions = {}): Promise<OpenPopup> {
  const result = page.auth.signIn({ mode: 'popup', ...options })
  const code = result.then(() => '', codeOf)
  const popup = page.tab.popups.at(-1)
  if (popup === undefined) throw new Error('no popup was opened')
  await world.settled(() => popup.navigations.length > 0 || popup.closed)
  return { popup, result, code }
}

/**
 * A sign-in in a popup that must be refused: with a session and without one, and the next popup signs in.
 * @param end what makes it end; the popup is on its way to the authority by then
 */
export async function observeRefusedPopup(
  end: (popup: FakePopup, world: World, page: Page) => Promise<unknown>,
  options: Partial<SpatioAuthOptions> = {},
): Promise<ObservedRefusal> {
  const outcomes: ObservedRefusal[] = []
  for (const isSignedIn of [true, false]) {
    const world = new World({ relayPath: RELAY_PATH, ...options })
    const page = isSignedIn ? await world.signIn() : world.page()
    await page.auth.ready()
    const signIn = async () => {
      const { popup, result } = await openPopup(world, page)
      await end(popup, world, page)
      return result
    }
    // Who is signed in has the metadata from the callback.
    outcomes.push(await observeRefusal(page, signIn, isSignedIn ? [] : ['discovery']))
    expect(page.tab.popups.map(({ closed }) => closed)).toEqual([true])
    if (!isSignedIn) expectNothingLeft(page)
    const next = await openPopup(world, page)
    await answerPopup(world, page, next.popup)
    await expect(next.result).resolves.toMatchObject({ status: 'authenticated' })
  }
  const [beside, alone] = outcomes
  if (beside === undefined) throw new Error('no popup was refused')
  expect(alone).toEqual(beside)
  return beside
}

/** What the authority sends the popup back with, in its relay page. */
export async function answerPopup(
  world: World,
  { tab }: Page,
  popup: FakePopup,
  hasOpener = true,
): Promise<RelayPage> {
  const callback = await world.visit(popup.navigations[0] ?? '')
  return loadRelayPage(tab, callback, hasOpener ? { tab, source: popup } : null)
}

/** Nothing of a sign-in is left: no transaction, no timer, no session. */
export function expectNothingLeft({ tab, auth }: Page): void {
  expect(tab.sessionStorage.entries()).toEqual([])
  expect(auth.getActivity().pending).toBeNull()
  expect(tab.browser.clock.pendingTimers).toBe(0)
  expect(auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
}
