import { caseTest } from '@spatio-labs/cases'
import { expect } from 'vitest'
import type { SpatioAuthError } from '../src/errors.js'
import { answerEndpoint, forgeIdToken } from './kit/forge.js'
import { observeRefusal } from './kit/observe-refusal.js'
import { observeSignIn, signInBesideSession, storedSession } from './kit/observe.js'
import { answerPopup, newRelayWorld, openPopup } from './kit/popup.js'
import { World, type Page } from './kit/world.js'

const JWKS = '/jwks.json'
const asked = ({ sent }: World): number => sent.filter((endpoint) => endpoint === 'jwks').length

/** One more sign-in in the same page, whose keys are still at hand. */
async function signInAgain(page: Page): Promise<void> {
  const { popup, result } = await openPopup(page.world, page)
  await answerPopup(page.world, page, popup)
  await result
}

caseTest('JWK-01', 'finds the new key in a page that has the keys from before a rotation', async () => {
  const world = newRelayWorld()
  const page = await world.signIn()
  const before = asked(world)
  world.mock.fault('jwks.rotated')
  await signInAgain(page)
  world.mock.verify()
  expect(asked(world) - before).toBe(1)
  expect(page.events.filter(({ type }) => type === 'jwks_refetched')).toHaveLength(1)
  // The new key is known from then on.
  await signInAgain(page)
  expect(asked(world) - before).toBe(1)
  return observeSignIn(page)
})

caseTest(
  'JWK-02',
  'fetches the keys again, past the HTTP cache, a second after it has fetched them',
  async () => {
    const world = newRelayWorld()
    const page = await world.signIn()
    await world.clock.advance(1000)
    await world.mock.keys.rotate({ retire: 'keep' })
    const caches: string[] = []
    world.intercepts.push((request) => {
      if (request.url.endsWith(JWKS)) caches.push(request.cache)
      return undefined
    })
    const issuedAt = () => (JSON.parse(storedSession(page.tab) ?? '') as { issuedAt: number }).issuedAt
    const earlier = issuedAt()
    await page.auth.getAccessToken({ forceRefresh: true })
    expect(caches).toEqual(['reload'])
    expect(issuedAt()).not.toBe(earlier)
    expect(page.events.map(({ type }) => type)).toContain('jwks_refetched')
    return observeSignIn(page)
  },
)

caseTest(
  'JWK-03',
  'asks for the keys four times in 100 seconds of 200 tokens with a kid of their own',
  async () => {
    const world = newRelayWorld()
    const page = await world.signIn()
    const [record, state, token] = [
      storedSession(page.tab),
      page.auth.getSnapshot(),
      await page.auth.getAccessToken(),
    ]
    const [before, told] = [asked(world), page.events.length]
    world.mock.fault('jwks.refetch-storm', {}, { times: 'always' })
    const refused = new Map<string, number>()
    const asks: number[] = []
    for (let count = 0; count < 200; count++) {
      const { code } = await signInAgain(page).then(
        () => ({ code: 'accept' }),
        (error: SpatioAuthError) => error,
      )
      refused.set(code, (refused.get(code) ?? 0) + 1)
      if (asked(world) - before > asks.length) asks.push(count / 2)
      await world.clock.advance(500)
    }
    // The first is free, then one in 30 s.
    expect(asks).toEqual([0, 30, 60, 90])
    expect(asked(world) - before).toBe(4)
    expect(world.tokenRequests('authorization_code')).toBe(201)
    expect(storedSession(page.tab)).toBe(record)
    expect(page.auth.getSnapshot()).toBe(state)
    await expect(page.auth.getAccessToken()).resolves.toBe(token)
    expect(page.events.slice(told).map(({ type }) => type)).not.toContain('signed_in')
    // A good token is as good as ever, and no key has to be asked for.
    world.disarm()
    await signInAgain(page)
    expect(asked(world) - before).toBe(4)
    const [code = ''] = refused.keys()
    expect(refused.get(code)).toBe(200)
    return { kind: 'reject', code }
  },
)

caseTest('JWK-03', 'spends no refresh token while the keys may not be asked for', async () => {
  const world = new World()
  const page = await world.signIn()
  const before = asked(world)
  world.mock.fault('jwks.refetch-storm', {}, { times: 'always' })
  const details: string[] = []
  for (const [seconds, requests] of [
    [0, 1],
    [29, 1],
    [1, 2],
  ] as const) {
    await world.clock.advance(seconds * 1000)
    const error = await page.auth
      .getAccessToken({ forceRefresh: true })
      .catch((reason: SpatioAuthError) => reason)
    expect(error).toMatchObject({ code: 'refresh_transient', retryable: true })
    details.push(/\[(\w+)\]/.exec(error instanceof Error ? error.message : '')?.[1] ?? '')
    // Another answer would spend another refresh token, and its key could not be looked for.
    expect(world.tokenRequests('refresh_token')).toBe(requests)
    expect(asked(world) - before).toBe(requests)
    expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  }
  return { kind: 'reject', code: [...new Set(details)].join() }
})

caseTest('JWK-04', 'refuses a kid that is not in the set after one refetch', async () => {
  const world = new World().prepare(forgeIdToken({ header: { kid: 'unknown' } }))
  const outcome = await signInBesideSession(world)
  expect(asked(world)).toBe(3)
  return outcome
})

caseTest('JWK-19', 'forgets a key that the authority removed', async () => {
  const world = newRelayWorld()
  const page = await world.signIn()
  world.intercepts.push(forgeIdToken({}))
  await signInAgain(page)
  await world.clock.advance(600_000)
  // What signs is still the same key; the set has it no more.
  world.intercepts.unshift(
    answerEndpoint(JWKS, () => world.mock.fetch(new Request('http://127.0.0.1:4400/.well-known/jwks.json'))),
  )
  const before = asked(world)
  const revoked = world.mock.requests({ endpoint: 'revoke' }).length
  const refused = async () => {
    await signInAgain(page).finally(() =>
      world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === revoked + 2),
    )
  }
  const requests = ['jwks', 'clock', 'token', 'jwks', 'revoke', 'revoke']
  const outcome = await observeRefusal(page, refused, requests)
  // When it was old, and once more because no key fitted.
  expect(asked(world) - before).toBe(2)
  world.disarm()
  await signInAgain(page)
  return outcome
})
