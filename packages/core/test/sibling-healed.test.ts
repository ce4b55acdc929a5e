import { expect, it } from 'vitest'
import { answerEndpoint } from './kit/forge.js'
import { World } from './kit/world.js'

const MINUTE = 60_000

it('does not try again in a tab whose sibling has healed the session meanwhile', async () => {
  const world = new World({ storage: 'local' })
  const first = await world.signIn()
  const second = world.page()
  await second.auth.ready()
  world.clock.jump(70 * MINUTE)
  const outage = answerEndpoint('/oauth2/token', () => new Response(null, { status: 503 }))
  world.intercepts.push(outage)
  for (const { auth } of [first, second])
    await expect(auth.getAccessToken()).rejects.toMatchObject({ code: 'refresh_transient' })
  world.intercepts.splice(0)
  world.mock.clearRequests()
  await world.clock.advance(5 * MINUTE)
  expect(first.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  expect(second.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  expect(world.tokenRequests('refresh_token')).toBe(1)
})
