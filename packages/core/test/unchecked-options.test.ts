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
])('sends nobody anywhere with %j, also in production', async (change, code, detail) => {
  const world = new World()
  const { tab, auth } = open(world, change)
  await auth.ready()
  await expect(auth.signIn()).rejects.toMatchObject({
    code,
    phase: 'configuration',
    message: expect.stringContaining(detail) as string,
  })
  expect([world.sent, tab.navigations, tab.sessionStorage.length]).toEqual([[], [], 0])
})
