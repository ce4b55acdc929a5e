import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { observeSignIn } from './kit/observe.js'
import { World } from './kit/world.js'

const JWKS = '/jwks.json'

for (const [header, asksAt] of [
  ['max-age=5', 60_000],
  ['public, max-age=31536000', 86_400_000],
  ['no-store', 300_000],
] as const) {
  caseTest('JWK-17', `keeps keys that say ${header} for ${asksAt / 1000} s`, async () => {
    const world = new World()
    world.intercepts.push((request, forward) => {
      if (!request.url.endsWith(JWKS)) return undefined
      return forward(request).then(async (answer) => {
        return new Response(await answer.text(), {
          headers: { 'content-type': 'application/json', 'cache-control': header },
        })
      })
    })
    const page = await world.signIn()
    const asked = (): number => world.mock.requests({ endpoint: 'jwks' }).length
    const before = asked()
    await world.clock.advance(asksAt - 1000)
    await page.auth.getAccessToken({ forceRefresh: true })
    expect(asked()).toBe(before)
    await world.clock.advance(2000)
    await page.auth.getAccessToken({ forceRefresh: true })
    expect(asked()).toBe(before + 1)
    return observeSignIn(page)
  })
}

caseTest('JWK-18', 'is not set back by an older answer that comes late', async () => {
  const world = new World()
  const first = world.page()
  const callback = await world.authorize(first)
  const held: ((response: Response) => void)[] = []
  let asked = 0
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith(JWKS)) return undefined
    // The first request is answered after the second one, with the set as it was.
    if (asked++ > 0) return forward(request)
    return forward(request).then((old) => new Promise((resolve) => void held.push(() => resolve(old))))
  })
  first.tab.load(callback)
  const page = world.page(first.tab)
  const ready = page.auth.ready()
  await world.settled(() => held.length > 0 && world.tokenRequests('authorization_code') === 1)
  await world.mock.keys.rotate({ retire: 'keep' })
  for (const answer of held) answer(new Response())
  await ready
  await page.auth.getAccessToken({ forceRefresh: true })
  expect(page.events.filter(({ type }) => type === 'jwks_refetched')).toHaveLength(1)
  await page.auth.getAccessToken({ forceRefresh: true })
  expect(asked).toBe(2)
  return observeSignIn(page)
})

it('fetches the keys again for a token without kid that none of them fits', async () => {
  const world = new World()
  const page = await world.signIn()
  const before = world.mock.requests({ endpoint: 'jwks' }).length
  world.mock.fault('jwks.kid-absent.multiple', {}, { grant: 'refresh_token' })
  await page.auth.getAccessToken({ forceRefresh: true })
  expect(world.mock.requests({ endpoint: 'jwks' }).length - before).toBe(1)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
})
