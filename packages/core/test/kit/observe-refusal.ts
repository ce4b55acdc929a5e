import type { FaultName } from '@spatio-labs/mock-server'
import { expect } from 'vitest'
import { ERROR_FACTS } from '../../src/error-facts.js'
import { SpatioAuthError } from '../../src/errors.js'
import { createSpatioAuth } from '../../src/client/create-spatio-auth.js'
import type { SpatioAuthOptions } from '../../src/options.js'
import type { SignInOptions } from '../../src/client/spatio-auth.js'
import type { AuthState } from '../../src/session/auth-state.js'
import type { World, Page } from './world.js'

export interface ObservedRefusal {
  readonly kind: 'reject'
  readonly code: string
}

/** A token as a whole: the random text of a transaction that is still kept may begin like one. */
const TOKEN = /(tok|rft)_[\w-]{43}|eyJ[\w-]+\.eyJ/

/** What nobody hears of beside a refusal. */
const EVENTS_OF_SUCCESS = ['signed_in', 'signed_out', 'user_changed', 'refreshed']

/** Everything of a page that a refusal must leave as it was. */
interface Look {
  readonly stored: readonly (readonly [string, string])[]
  readonly state: AuthState
  readonly token: string
  readonly href: string
  readonly navigations: number
  readonly sent: number
  readonly told: number
}

async function lookAt({ tab, auth, events, world }: Page): Promise<Look> {
  return {
    stored: [...tab.sessionStorage.entries(), ...tab.browser.localStorage.entries()].filter(isNoUsedMark),
    state: auth.getSnapshot(),
    token: await auth.getAccessToken().catch((error: SpatioAuthError) => error.code),
    href: tab.href,
    navigations: tab.navigations.length,
    sent: world.sent.length,
    told: events.length,
  }
}

/** That the state of an answer was used may be remembered, by the time alone. */
function isNoUsedMark([key, value]: readonly [string, string]): boolean {
  return !(key.includes('#used:') && /^\{"created":[\d.]+\}$/.test(value))
}

/**
 * What an app asks for and must be refused: by an error of ours, with everything as it was before. Nothing is stored,
 * the session, its token and the state are the same, the page stays, and exactly these requests were made.
 * @param requests the endpoints that are asked, in order @default none
 */
export async function observeRefusal(
  page: Page,
  call: () => Promise<unknown>,
  requests: readonly string[] = [],
): Promise<ObservedRefusal> {
  const before = await lookAt(page)
  const error = await call().then(
    () => null,
    (reason: unknown) => reason,
  )
  const sent = page.world.sent.slice(before.sent)
  const after = await lookAt(page)
  expect(sent).toEqual(requests)
  expect({ ...after, sent: before.sent, told: before.told }).toEqual(before)
  expect(after.state).toBe(before.state)
  expectNoSuccess(page, before.told)
  return toObserved(error)
}

/** Options that must be refused when the client is made: by an error of ours that names the option. */
export function observeRefusedOptions(
  options: SpatioAuthOptions,
  says: string | RegExp = '',
): ObservedRefusal {
  let refused: unknown = null
  try {
    createSpatioAuth(options)
  } catch (error) {
    refused = error
  }
  const observed = toObserved(refused)
  expect(refused).toMatchObject({ phase: 'configuration', message: expect.stringMatching(says) as string })
  return observed
}

export interface RefusedSignIn {
  readonly options?: SignInOptions
  readonly requests?: readonly string[]
  /** What is wrong at the authority meanwhile; it must have struck. */
  readonly fault?: FaultName
  readonly parameters?: object
  /** What its message says to a developer. */
  readonly says?: string | RegExp
}

/**
 * A click on sign-in that must be refused before anybody is sent anywhere: without a session, and beside one. When
 * nothing is wrong any more, both pages sign in: nothing of the refusal was kept.
 */
export async function observeRefusedSignIn(
  world: World,
  { options = {}, requests = [], fault, parameters = {}, says = '' }: RefusedSignIn = {},
): Promise<ObservedRefusal> {
  const { tab } = await world.signIn()
  // Both know no metadata yet.
  const beside = await world.reload(tab)
  const alone = world.page()
  await alone.auth.ready()
  world.arm()
  if (fault !== undefined) world.mock.fault(fault, parameters, { times: 'always' })
  const signIn = ({ auth }: Page) => expectSaid(auth.signIn(options), says)
  const observed = await observeRefusal(beside, () => signIn(beside), requests)
  expect(beside.auth.getSnapshot().isAuthenticated).toBe(true)
  expect(await observeRefusal(alone, () => signIn(alone), requests)).toEqual(observed)
  expect(alone.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
  world.mock.verify()
  world.disarm()
  for (const page of [beside, alone]) await expect(world.authorize(page)).resolves.toContain('code=')
  return observed
}

async function expectSaid(asked: Promise<unknown>, says: string | RegExp): Promise<unknown> {
  try {
    return await asked
  } catch (error) {
    expect((error as Error).message).toMatch(says)
    throw error
  }
}

/** What a refused callback may have asked for, by where it was refused: the code at most once, and no user. */
const REQUESTS: Partial<Record<SpatioAuthError['phase'], RegExp>> = {
  callback: /^(discovery )*$/,
  discovery: /^(discovery )*$/,
  storage: /^(discovery |clock |jwks )*token (jwks )*(revoke )*$/,
  token: /^(discovery |clock |jwks )*token (clock |jwks )*(revoke )*$/,
  id_token: /^(discovery |clock |jwks )*token (clock |jwks )*(revoke )*$/,
  jwks: /^(discovery |clock |jwks )*token (clock |jwks )*(revoke )*$/,
}

/**
 * A callback that was refused: nothing of it is stored or in the address bar, nobody is told that somebody signed in,
 * and nothing was asked that its check came before.
 */
export function expectRefusedCallback(page: Page, error: SpatioAuthError): ObservedRefusal {
  const { tab, world, auth } = page
  const asked = world.sent.slice(world.startedAt).map((endpoint) => `${endpoint} `)
  expect(asked.join(''), `asked before ${error.code}`).toMatch(REQUESTS[error.phase] ?? /^$/)
  expect(tab.href).not.toMatch(/[?&#](code|state|error|iss|access_token|id_token)=/)
  if (!auth.getSnapshot().isAuthenticated) {
    const stored = [...tab.sessionStorage.entries(), ...tab.browser.localStorage.entries()]
    expect(JSON.stringify(stored)).not.toMatch(TOKEN)
  }
  expectNoSuccess(page, 0)
  return toObserved(error)
}

/** Phase and `retryable` are what the error's page says of its code. */
function toObserved(error: unknown): ObservedRefusal {
  expect(error).toBeInstanceOf(SpatioAuthError)
  const { code, phase, retryable } = error as SpatioAuthError
  const [phases, isRetryable] = ERROR_FACTS[code]
  expect(phases).toContain(phase)
  if (isRetryable !== 'depends') expect(retryable).toBe(isRetryable === 'yes')
  return { kind: 'reject', code }
}

function expectNoSuccess({ events }: Page, from: number): void {
  const told = events.slice(from).map(({ type }) => type)
  expect(told.filter((type) => EVENTS_OF_SUCCESS.includes(type))).toEqual([])
}
