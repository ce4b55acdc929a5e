import {
  AccountApi,
  Configuration,
  NotesApi,
  OAuthApi,
  OauthTokenGrantTypeEnum,
  PersonalAccessTokensApi,
  ResponseError,
} from '@spatio-labs/spatio-ts'
import { expect, it } from 'vitest'
import { trialClient, withAuthority } from '../src/fault-trial.js'
import { createPerson } from '../src/person.js'
import { spatioTs } from '../src/relying-parties/spatio-ts.js'

const clientId = trialClient.client_id

it('the official SDK reads metadata and keys, signs in, reads userinfo both ways', async () => {
  await withAuthority(async (mock, registration) => {
    const { issuer } = registration
    const api = new OAuthApi(new Configuration({ basePath: issuer }))
    expect((await api.getOpenIDConfiguration()).issuer).toBe(issuer)
    expect(await api.getOAuthDiscovery()).toEqual(await api.getOpenIDConfiguration())
    expect((await api.getJWKS()).keys).toHaveLength(mock.keys.published().length)

    const { accessToken } = await spatioTs.create(registration).signIn(createPerson())
    const signedIn = new OAuthApi(new Configuration({ basePath: issuer, accessToken }))
    expect(await signedIn.getUserInfo()).toMatchObject({ sub: 'usr_mira' })
    expect(await signedIn.postUserInfo()).toEqual(await signedIn.getUserInfo())
    await expect(api.getUserInfo()).rejects.toSatisfy(hasStatus(401))
  })
})

it('the official SDK refreshes with rotation, introspects and revokes', async () => {
  await withAuthority(async (_mock, registration) => {
    const { refreshToken = '' } = await spatioTs.create(registration).signIn(createPerson())
    const api = new OAuthApi(new Configuration({ basePath: registration.issuer }))
    const request = { grantType: OauthTokenGrantTypeEnum.RefreshToken, clientId, refreshToken }
    const refreshed = await api.oauthToken(request)
    expect(refreshed.refresh_token).not.toBe(refreshToken)
    const token = refreshed.access_token
    expect(await api.oauthIntrospect({ token })).toMatchObject({
      active: true,
      client_id: clientId,
      token_type: 'oauth',
    })
    await api.oauthRevoke({ token })
    expect((await api.oauthIntrospect({ token })).active).toBe(false)
    await expect(api.oauthToken(request)).rejects.toSatisfy(hasStatus(400))
  })
})

it('the official SDK registers a client that can sign in', async () => {
  await withAuthority(async (_mock, { issuer, redirectUri }) => {
    const api = new OAuthApi(new Configuration({ basePath: issuer }))
    const registered = await api.registerOAuthClient({
      clientRegistrationRequest: {
        client_name: 'Registered',
        redirect_uris: [redirectUri],
        scope: 'openid profile email read:*',
      },
    })
    expect(registered.registration_access_token).toMatch(/./)
    const party = spatioTs.create({ issuer, clientId: registered.client_id, redirectUri })
    expect((await party.signIn(createPerson())).accessToken).toMatch(/^tok_/)
  })
})

it('the official SDK lists notes and connected apps, and withdraws the consent with every token of it', async () => {
  await withAuthority(async (_mock, registration) => {
    const { accessToken } = await spatioTs.create(registration).signIn(createPerson())
    const configuration = new Configuration({ basePath: registration.issuer, accessToken })
    const { items = [] } = await new NotesApi(configuration).listNotes()
    expect(items.length).toBeGreaterThan(0)

    const account = new AccountApi(configuration)
    const [app] = (await account.listConnectedApps()).items
    expect(app).toMatchObject({ client_id: clientId, scopes: ['openid', 'profile', 'email', 'read:*'] })
    expect(app?.granted_at).toBeInstanceOf(Date)
    await account.revokeConnectedApp({ clientId })
    await expect(account.listConnectedApps()).rejects.toSatisfy(hasStatus(401))
  })
})

it('the official SDK makes, uses, renames and deletes a personal access token', async () => {
  await withAuthority(async (_mock, registration) => {
    const basePath = registration.issuer
    const { accessToken } = await spatioTs.create(registration).signIn(createPerson())
    const tokens = new PersonalAccessTokensApi(new Configuration({ basePath, accessToken }))
    const created = await tokens.createPersonalAccessToken({ createPATRequest: { name: 'ci' } })
    expect(created.token).toMatch(/^pat_/)
    const notes = new NotesApi(new Configuration({ basePath, accessToken: created.token }))
    expect((await notes.listNotes()).items?.length).toBeGreaterThan(0)
    const oauth = new OAuthApi(new Configuration({ basePath }))
    expect(await oauth.oauthIntrospect({ token: created.token })).toMatchObject({
      active: true,
      token_type: 'pat',
    })

    const [listed] = (await tokens.listPersonalAccessTokens()).tokens
    const id = listed?.id ?? ''
    const changed = await tokens.updatePersonalAccessToken({ id, updatePATRequest: { name: 'nightly' } })
    expect(changed.name).toBe('nightly')
    await tokens.revokePersonalAccessToken({ id })
    await expect(notes.listNotes()).rejects.toSatisfy(hasStatus(401))
  })
})

function hasStatus(status: number): (error: unknown) => boolean {
  return (error) => error instanceof ResponseError && error.response.status === status
}
