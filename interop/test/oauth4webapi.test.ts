import * as oauth from 'oauth4webapi'
import { expect, it } from 'vitest'
import { trialClient, withAuthority } from '../src/fault-trial.js'
import { createPerson } from '../src/person.js'
import { discover, insecure, oauth4webapiWithSignatures } from '../src/relying-parties/oauth4webapi.js'

const client: oauth.Client = { client_id: trialClient.client_id }

it('oauth4webapi signs in, reads userinfo, refreshes with rotation, introspects and revokes', async () => {
  await withAuthority(async (_mock, registration) => {
    const party = oauth4webapiWithSignatures.create(registration)
    const { sub = '', accessToken, refreshToken = '' } = await party.signIn(createPerson())
    const as = await discover(registration.issuer)
    const userInfo = await oauth.userInfoRequest(as, client, accessToken, insecure)
    expect(await oauth.processUserInfoResponse(as, client, sub, userInfo)).toMatchObject({ sub: 'usr_mira' })

    const refresh = async (): Promise<oauth.TokenEndpointResponse> => {
      const response = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), refreshToken, insecure)
      return oauth.processRefreshTokenResponse(as, client, response)
    }
    const refreshed = await refresh()
    expect(refreshed.refresh_token).not.toBe(refreshToken)
    expect(await introspect(as, refreshed.access_token)).toMatchObject({ active: true, user_id: 'usr_mira' })
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(as, client, oauth.None(), refreshed.access_token, insecure),
    )
    expect(await introspect(as, refreshed.access_token)).toEqual({ active: false })
    await expect(refresh()).rejects.toMatchObject({ error: 'invalid_grant' })
  })
})

it('oauth4webapi registers a public client', async () => {
  await withAuthority(async (mock, { issuer, redirectUri }) => {
    const as = await discover(issuer)
    const metadata = {
      client_name: 'Registered',
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none',
    }
    const response = await oauth.dynamicClientRegistrationRequest(as, metadata, insecure)
    const registered = await oauth.processDynamicClientRegistrationResponse(response)
    expect(mock.clients.get(registered.client_id)?.redirect_uris).toEqual([redirectUri])
  })
})

async function introspect(
  as: oauth.AuthorizationServer,
  token: string,
): Promise<oauth.IntrospectionResponse> {
  const response = await oauth.introspectionRequest(as, client, oauth.None(), token, insecure)
  return oauth.processIntrospectionResponse(as, client, response)
}
