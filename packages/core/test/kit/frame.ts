import { expect } from 'vitest'
import type { SignInOptions } from '../../src/client/spatio-auth.js'
import type { AuthState } from '../../src/session/auth-state.js'
import type { FakeFrame } from './fake-window.js'
import { observeRefusal, type ObservedRefusal } from './observe-refusal.js'
import { newRelayWorld } from './popup.js'
import { loadRelayPage } from './relay.js'
import type { Page, World } from './world.js'

const codeOf = (error: unknown): string => (error as { code: string }).code

/** A question in a hidden frame. */
export interface OpenFrame {
  readonly frame: FakeFrame
  readonly result: Promise<AuthState>
  readonly code: Promise<string>
}

/** Asks in a frame, and waits until there is one. */
export async function askInFrame(world: World, page: Page, options: SignInOptions = {}): Promise<OpenFrame> {
  const count = page.tab.frames.length
  const result = page.auth.signIn({ mode: 'iframe', ...options })
  const code = result.then(() => '', codeOf)
  await world.settled(() => page.tab.frames.length > count)
  const frame = page.tab.frames.at(-1)
  if (frame === undefined) throw new Error('no frame was opened')
  return { frame, result, code }
}

/** The authority sends the frame back to its relay page. */
export async function answerFrame(world: World, { tab }: Page, frame: FakeFrame): Promise<void> {
  loadRelayPage(tab, await world.visit(frame.url), { tab, source: frame.window })
}

/** Somebody is signed in at the authority, and has allowed this app to ask in its relay page. */
export async function signInAtAuthority(world: World): Promise<void> {
  const page = world.page()
  const result = page.auth.signIn({ mode: 'popup' })
  const popup = page.tab.popups[0]
  await world.settled(() => popup?.navigations.length === 1)
  const callback = await world.visit(popup?.navigations[0] ?? '')
  loadRelayPage(page.tab, callback, { tab: page.tab, source: popup })
  await result
  page.tab.close()
}

/**
 * A question that must be refused: with a session and without one, and the next one is asked as if it never was.
 * @param end what makes it end, while the frame is there
 */
export async function observeRefusedFrame(
  end: (frame: FakeFrame, world: World, page: Page) => Promise<unknown>,
): Promise<ObservedRefusal> {
  const outcomes: ObservedRefusal[] = []
  for (const isSignedIn of [true, false]) {
    const world = newRelayWorld()
    await signInAtAuthority(world)
    const page = isSignedIn ? await world.signIn() : world.page()
    await page.auth.ready()
    const ask = async () => {
      const { frame, result } = await askInFrame(world, page)
      await end(frame, world, page)
      return result
    }
    // Who is signed in has the metadata from the callback.
    outcomes.push(await observeRefusal(page, ask, isSignedIn ? [] : ['discovery']))
    expect(page.tab.frames.map((frame) => frame.isAttached())).toEqual([false])
    expect(page.auth.getSnapshot().isAuthenticated).toBe(isSignedIn)
    world.disarm()
    await signInAtAuthority(world)
    const next = await askInFrame(world, page)
    await answerFrame(world, page, next.frame)
    await expect(next.result).resolves.toMatchObject({ status: 'authenticated' })
  }
  const [beside, alone] = outcomes
  if (beside === undefined) throw new Error('nobody was refused')
  expect(alone).toEqual(beside)
  return beside
}
