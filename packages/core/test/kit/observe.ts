import type { FaultMatch, FaultName } from '@spatio-labs/mock-server'
import { expect } from 'vitest'
import type { AuthState } from '../../src/session/auth-state.js'
import { storageKey } from '../../src/storage-names.js'
import type { SignInOptions } from '../../src/client/spatio-auth.js'
import type { FakeTab } from './fake-browser.js'
import { expectRefusedCallback } from './observe-refusal.js'
import { CLIENT_ID, ISSUER, World, type Page } from './world.js'

/** What a client case may end in. */
export type Observed =
  | { readonly kind: 'accept' }
  | { readonly kind: 'reject'; readonly code: string }
  | { readonly kind: 'signout'; readonly reason: string }
  | { readonly kind: 'keep'; readonly code?: string }
  | { readonly kind: 'ignore' }

/** The session record as it is stored in a tab, or null. */
export function storedSession(tab: FakeTab, area: 'session' | 'local' = 'session'): string | null {
  const storage = area === 'session' ? tab.sessionStorage : tab.browser.localStorage
  return storage.getItem(storageKey({ issuer: ISSUER, clientId: CLIENT_ID }))
}

/** The outcome of a sign-in, by what the app sees and what is stored. */
export function observeSignIn(page: Page): Observed {
  const { auth, tab } = page
  const state = auth.getSnapshot()
  if (state.error !== null) return expectRefusedCallback(page, state.error)
  expect(state.status).toBe('authenticated')
  expect(storedSession(tab)).not.toBeNull()
  return { kind: 'accept' }
}

/**
 * Signs in beside an earlier session and proves that a refusal leaves that session as it was:
 * what is stored, what the app sees, and the token it gets.
 */
export async function signInBesideSession(
  world: World,
  options: SignInOptions = {},
  changeCallback: (url: string) => string = (url) => url,
): Promise<Observed> {
  return signInAgain(world, await world.signIn(), options, changeCallback)
}

export interface FaultySignIn {
  readonly parameters?: object
  readonly match?: FaultMatch
  readonly options?: SignInOptions
  readonly world?: World
  /** How often the token endpoint may have been asked for a code. @default 1, and 0 when the callback was refused */
  readonly exchanges?: 0 | 1
}

/** The same while the authority, or the way to it, is wrong in a named way; the fault must have struck. */
export async function signInUnderFault(
  name: FaultName,
  { parameters = {}, match = {}, options = {}, world = new World(), exchanges = 1 }: FaultySignIn = {},
): Promise<Observed> {
  const earlier = await world.signIn()
  world.mock.clearRequests()
  world.mock.fault(name, parameters, match)
  const outcome = await signInAgain(world, earlier, options, (url) => url)
  world.mock.verify()
  // Nothing is asked of anyone with a token that was refused, and a code is sent once at most.
  expect(world.tokenRequests('authorization_code')).toBe(exchanges)
  expect(world.mock.requests({ endpoint: 'userinfo' })).toEqual([])
  return outcome
}

async function signInAgain(
  world: World,
  earlier: Page,
  options: SignInOptions,
  changeCallback: (url: string) => string,
): Promise<Observed> {
  const record = storedSession(earlier.tab)
  const token = await earlier.auth.getAccessToken()
  const callback = await world.authorize(earlier, options)
  world.arm()
  const page = await world.reload(earlier.tab, changeCallback(callback))
  const outcome = observeSignIn(page)
  if (storedSession(page.tab) !== record) {
    expect(outcome).toEqual({ kind: 'accept' })
    expect(page.events.map(({ type }) => type)).toContain('signed_in')
    await expect(page.auth.getAccessToken()).resolves.not.toBe(token)
    return outcome
  }
  expect(page.events.map(({ type }) => type)).not.toContain('signed_in')
  expect(withoutError(page.auth.getSnapshot())).toEqual(withoutError(earlier.auth.getSnapshot()))
  await expect(page.auth.getAccessToken()).resolves.toBe(token)
  return outcome.kind === 'accept' ? { kind: 'keep' } : outcome
}

/** How a refresh ended: the session lives on, or it is over in every place. */
export async function observeRefresh(page: Page): Promise<Observed> {
  const record = storedSession(page.tab)
  const error = await page.auth.getAccessToken({ forceRefresh: true }).then(
    () => null,
    (reason: unknown) => reason as { readonly code: string },
  )
  if (error === null) return { kind: 'accept' }
  if (page.auth.getSnapshot().isAuthenticated) {
    expect(storedSession(page.tab)).not.toBeNull()
    return { kind: 'keep', code: error.code }
  }
  expect(record).not.toBeNull()
  expect(storedSession(page.tab)).toBeNull()
  return { kind: 'signout', reason: error.code }
}

function withoutError(state: AuthState): object {
  return { ...state, error: null }
}
