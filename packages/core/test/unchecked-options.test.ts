import { expect, it } from 'vitest'
import { createClient } from '../src/client/client.js'
import { CHUNKS } from '../src/client/load-chunks.js'
import type { FrontOptions, SpatioAuthOptions } from '../src/options.js'
import { resolveOptions } from '../src/resolve-options.js'
import { CLIENT_ID, ISSUER, World } from './kit/world.js'

/** A client of production, whose options nobody has checked. */
function open(world: World, change: Partial<SpatioAuthOptions>) {
  const options: FrontOptions = { ...resolveOptions({ clientId: CLIENT_ID, issuer: ISSUER }), ...change }
  const tab = world.browser.open()
  return { tab, auth: createClient(options, () => tab.environment(), CHUNKS) }
}

it.each<[Partial<SpatioAuthOptions>, string, string]>([
  [{ clientId: '' }, 'config_invalid', 'clientId'],
  [{ scope: 'profile' }, 'config_invalid', 'scope'],
  [{ allowedOrigins: ['data:text/html,x'] }, 'config_invalid', 'allowedOrigins'],
  [{ clockTolerance: 301 }, 'config_invalid', 'clockTolerance'],
  [{ issuer: 'https://op.test?x' }, 'config_invalid', 'issuer'],
  [{ issuer: 'http://op.test' }, 'insecure_endpoint', 'issuer'],
  [{ redirectUri: 'http://app.test/cb' }, 'insecure_endpoint', 'redirectUri'],
  [{ redirectUri: `http://localhost/cb#x` }, 'config_invalid', 'redirectUri'],
  [{ redirectUri: '/callback' }, 'config_invalid', 'redirectUri'],
  [{ redirectUri: '' }, 'config_invalid', 'redirectUri'],
  [{ redirectPath: 'http://[' }, 'config_invalid', 'redirectPath'],
  [{ relayPath: 'http://[' }, 'config_invalid', 'relayPath'],
  [{ relayPath: '/' }, 'config_invalid', 'relayPath'],
  [{ refreshBefore: NaN }, 'config_invalid', 'refreshBefore'],
  [{ requestTimeout: Infinity }, 'config_invalid', 'requestTimeout'],
])('sends nobody anywhere with %j, also in production', async (change, code, detail) => {
  const world = new World()
  const { tab, auth } = open(world, change)
  expect(await auth.ready()).toMatchObject({ status: 'unauthenticated', error: null })
  await expect(auth.signIn()).rejects.toMatchObject({
    code,
    phase: 'configuration',
    message: expect.stringContaining(detail) as string,
  })
  expect([world.sent, tab.navigations, tab.sessionStorage.length]).toEqual([[], [], 0])
})

it('warns once, and does not try again, where a session cannot be kept alive with them', async () => {
  const world = new World()
  const { tab } = await world.signIn()
  tab.load('/')
  const options = { ...resolveOptions({ clientId: CLIENT_ID, issuer: ISSUER }), scope: 'profile' }
  const auth = createClient(options, () => tab.environment(), CHUNKS)
  const warnings: unknown[] = []
  auth.on('warning', ({ code }) => warnings.push(code))
  expect(await auth.ready()).toMatchObject({ status: 'authenticated' })
  await world.clock.advance(60_000)
  expect(warnings).toEqual(['config_invalid'])
  await expect(auth.getAccessToken()).rejects.toMatchObject({ code: 'config_invalid' })
})
