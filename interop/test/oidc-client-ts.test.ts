import { expect, it } from 'vitest'
import { trialClient, withAuthority } from '../src/fault-trial.js'
import { createPerson } from '../src/person.js'
import { createUserManager } from '../src/relying-parties/oidc-client-ts.js'

it('oidc-client-ts signs in with userinfo, refreshes with rotation, and revokes', async () => {
  await withAuthority(async (mock, registration) => {
    const { manager, takeNavigation } = createUserManager(registration, { loadUserInfo: true })
    await manager.signinRedirect()
    const callbackUrl = await createPerson()(takeNavigation())
    const user = await manager.signinRedirectCallback(callbackUrl.href)
    expect(user.profile).toMatchObject({ sub: 'usr_mira', email_verified: true })
    expect(mock.requests({ endpoint: 'userinfo' })).toHaveLength(1)

    // With a refresh token, silent sign-in is the refresh grant.
    const renewed = await manager.signinSilent()
    expect(renewed?.access_token).not.toBe(user.access_token)
    expect(renewed?.refresh_token).not.toBe(user.refresh_token)
    expect(mock.requests({ endpoint: 'token', grant: 'refresh_token' })).toMatchObject([
      { clientId: trialClient.client_id, status: 200 },
    ])

    await manager.revokeTokens(['access_token', 'refresh_token'])
    expect(mock.requests({ endpoint: 'revoke' }).map(({ status }) => status)).toEqual([200, 200])
    await manager.removeUser()
    expect(await manager.getUser()).toBeNull()
  })
})
