import { expect, it } from 'vitest'
import { ISSUER, World } from './kit/world.js'

it('leaves the authority nothing to find in a whole session, with step-up, renewal and sign-out', async () => {
  const world = new World({ scope: 'openid profile', reauthenticateAfterSignOut: false })
  const first = await world.signIn()
  await first.auth.getAccessToken({ forceRefresh: true })
  await first.auth.getUserInfo()
  await first.auth.introspect()
  await first.auth.fetch(`${ISSUER}/v1/notes`)
  const wider = await world.signIn(first.tab, { scope: 'openid profile email read:*', prompt: 'login' })
  await wider.auth.fetch(`${ISSUER}/v1/account/connected-apps`)
  await wider.auth.disconnectApp()
  const again = await world.signIn(wider.tab)
  await again.auth.signOut()
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length > 0)
  expect(world.mock.findings()).toEqual([])
  world.mock.verify()
})
