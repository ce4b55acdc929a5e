import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { changeEndpoint, forgeIdToken } from './kit/forge.js'
import { observeRefresh, storedSession, type Observed } from './kit/observe.js'
import { CLIENT_ID, World, type Intercept, type Page } from './kit/world.js'

/** A signed-in page, then something that goes wrong with its next refresh. */
async function refreshAfter(...intercepts: Intercept[]): Promise<Observed> {
  const world = new World()
  return refreshUnder(world, await world.signIn(), ...intercepts)
}

async function refreshUnder(world: World, page: Page, ...intercepts: Intercept[]): Promise<Observed> {
  world.intercepts.splice(0, Infinity, ...intercepts)
  const outcome = await observeRefresh(page)
  if (outcome.kind === 'signout') await expectDiscarded(world, page, outcome.reason)
  return outcome
}

/** Of a refused answer nothing is used: nobody is asked with its token, both tokens are revoked, one event says why. */
async function expectDiscarded(world: World, { auth, events }: Page, code: string): Promise<void> {
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
  expect(world.mock.requests({ endpoint: 'userinfo' })).toEqual([])
  expect(world.tokenRequests('refresh_token')).toBe(1)
  expect(events.filter(({ type }) => type === 'signed_out')).toEqual([expect.objectContaining({ code })])
  expect(events.map(({ type }) => type)).not.toContain('refreshed')
  await expect(auth.getAccessToken()).rejects.toMatchObject({ code: 'not_authenticated' })
}

interface StoredTokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly user: object
  readonly issuedAt: number
}
const tokensOf = ({ tab }: Page): StoredTokens => JSON.parse(storedSession(tab) ?? '') as StoredTokens

const claims = (change: Record<string, unknown>): Intercept =>
  forgeIdToken({ claims: (earlier) => ({ ...earlier, ...change }) })

caseTest('REF-21', 'ends the session when the answer is for another user', () =>
  refreshAfter(claims({ sub: 'usr_jonas' })),
)
caseTest('REF-22', 'ends the session when the issuer changed', () =>
  refreshAfter(claims({ iss: 'http://127.0.0.1:44001' })),
)
caseTest('REF-23', 'ends the session when the audience changed', () =>
  refreshAfter(claims({ aud: 'demo-app1' })),
)
caseTest('REF-24', 'ends the session when auth_time changed', () =>
  refreshAfter(claims({ auth_time: 1_700_000_000 })),
)
caseTest('REF-25', 'accepts a refreshed id_token without nonce', () =>
  refreshAfter(claims({ nonce: undefined })),
)
caseTest('REF-25', 'refuses a refreshed id_token with another nonce', () =>
  refreshAfter(claims({ nonce: 'other' })),
)
caseTest('REF-26', 'ends the session when azp names another client than before', async () => {
  const world = new World()
  world.intercepts.push(claims({ azp: CLIENT_ID }))
  const page = await world.signIn()
  return refreshUnder(world, page, claims({ azp: 'other-app' }))
})
caseTest('REF-26', 'ends the session when an azp appears that names another client', () =>
  refreshAfter(claims({ azp: 'other-app' })),
)
caseTest('REF-26', 'accepts an azp that appears, or goes, where it names this client', async () => {
  const world = new World()
  const page = await world.signIn()
  const appeared = await refreshUnder(world, page, claims({ azp: CLIENT_ID }))
  expect(appeared).toEqual({ kind: 'accept' })
  return refreshUnder(world, page, claims({ azp: undefined }))
})
caseTest('REF-27', 'keeps the claims of the id_token when the answer has none', async () => {
  const world = new World()
  const page = await world.signIn()
  const [before, state] = [tokensOf(page), page.auth.getSnapshot()]
  const outcome = await refreshUnder(
    world,
    page,
    changeEndpoint('/oauth2/token', ({ id_token: _, ...body }) => body),
  )
  const after = tokensOf(page)
  expect(page.auth.getSnapshot()).toBe(state)
  expect([after.user, after.issuedAt]).toEqual([before.user, before.issuedAt])
  expect(after.accessToken).not.toBe(before.accessToken)
  expect(after.refreshToken).not.toBe(before.refreshToken)
  return outcome
})
caseTest('REF-28', 'ends the session when the refreshed id_token is unsigned', () =>
  refreshAfter(forgeIdToken({ compact: (token) => token.replace(/[^.]+$/, '') })),
)
caseTest('REF-28', 'ends the session when the refreshed id_token says alg none', () =>
  refreshAfter(
    forgeIdToken({
      compact: (token) => `${btoa('{"alg":"none"}').replace(/=+$/, '')}.${token.split('.')[1]}.`,
    }),
  ),
)

it('keeps the session while the key that signed is not published yet, and takes the next answer when it is', async () => {
  const world = new World()
  const page = await world.signIn()
  const before = tokensOf(page)
  const outcome = await refreshUnder(world, page, forgeIdToken({ header: { kid: 'published-later' } }))
  expect(outcome).toEqual({ kind: 'keep', code: 'refresh_transient' })
  // The refresh token is stored at once; access token and claims wait for the check.
  expect(tokensOf(page)).toMatchObject({ accessToken: before.accessToken, issuedAt: before.issuedAt })
  expect(tokensOf(page).refreshToken).not.toBe(before.refreshToken)
  await expect(page.auth.getAccessToken()).resolves.toBe(before.accessToken)
  world.intercepts.length = 0
  await world.clock.advance(30_000)
  await world.settled(() => page.events.some(({ type }) => type === 'refreshed'))
  expect(world.mock.requests({ endpoint: 'revoke' })).toEqual([])
})
