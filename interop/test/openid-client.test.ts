import * as client from 'openid-client'
import { expect, it } from 'vitest'
import { trialClient, withAuthority } from '../src/fault-trial.js'
import { createPerson } from '../src/person.js'
import { discover, openidClientWithSignatures } from '../src/relying-parties/openid-client.js'

it('openid-client signs in, reads userinfo, refreshes with rotation, introspects and revokes', async () => {
  await withAuthority(async (mock, registration) => {
    const party = openidClientWithSignatures.create(registration)
    const { sub, accessToken, refreshToken = '' } = await party.signIn(createPerson())
    expect(sub).toBe('usr_mira')

    const config = await discover(registration)
    const claims = await client.fetchUserInfo(config, accessToken, sub ?? '')
    expect(claims).toMatchObject({ sub: 'usr_mira', email_verified: true })

    const refreshed = await client.refreshTokenGrant(config, refreshToken)
    expect(refreshed.refresh_token).not.toBe(refreshToken)
    expect(refreshed.claims()?.sub).toBe('usr_mira')
    // Whoever comes with a used refresh token ends the family.
    await expect(client.refreshTokenGrant(config, refreshToken)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    expect(await client.tokenIntrospection(config, refreshed.access_token)).toEqual({ active: false })

    const again = await party.signIn(createPerson())
    expect(await client.tokenIntrospection(config, again.accessToken)).toMatchObject({
      active: true,
      client_id: trialClient.client_id,
      user_id: 'usr_mira',
    })
    await client.tokenRevocation(config, again.accessToken)
    expect(await client.tokenIntrospection(config, again.accessToken)).toEqual({ active: false })
    expect(mock.requests({ endpoint: 'revoke' })).toHaveLength(1)
  })
})

it('openid-client registers a public client and signs in as it', async () => {
  await withAuthority(async (_mock, { issuer, redirectUri }) => {
    const config = await register(issuer, redirectUri, 'none')
    const { client_id: clientId } = config.clientMetadata()
    const party = openidClientWithSignatures.create({ issuer, clientId, redirectUri })
    expect((await party.signIn(createPerson())).sub).toBe('usr_mira')
  })
})

it('openid-client refuses a confidential registration, whose answer Spatio leaves without an expiry', async () => {
  await withAuthority(async (_mock, { issuer, redirectUri }) => {
    // RFC 7591 3.2.1 wants client_secret_expires_at beside a secret; Spatio's schema does not have it.
    await expect(register(issuer, redirectUri, 'client_secret_basic')).rejects.toMatchObject({
      code: 'OAUTH_INVALID_RESPONSE',
    })
  })
})

function register(issuer: string, redirectUri: string, method: string): Promise<client.Configuration> {
  const metadata = {
    client_name: 'Registered',
    redirect_uris: [redirectUri],
    scope: 'openid profile email',
    token_endpoint_auth_method: method,
  }
  const execute = [client.allowInsecureRequests]
  return client.dynamicClientRegistration(new URL(issuer), metadata, undefined, { execute })
}
