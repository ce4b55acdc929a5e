import { Configuration, NotesApi } from '@spatio-labs/spatio-ts'
import { expect, it } from 'vitest'
import { ISSUER, World } from './kit/world.js'

const SCOPE = { scope: 'openid profile email read:*' }

it('lists notes through the official SDK, with auth.fetch as its fetchApi', async () => {
  const world = new World({ workspaceId: 'ws_1' })
  const { auth } = await world.signIn(undefined, SCOPE)
  const api = new NotesApi(new Configuration({ basePath: ISSUER, fetchApi: auth.fetch }))
  const { items } = await api.listNotes()
  expect(items?.[0]?.title).toMatch(/\w/)
  expect(world.mock.requests({ endpoint: 'notes' }).map(({ status }) => status)).toEqual([200])
})

it('lists notes after a refresh when the token of the SDK was revoked', async () => {
  const world = new World()
  const { auth } = await world.signIn(undefined, SCOPE)
  const token = await auth.getAccessToken()
  const revocation = { method: 'POST', body: new URLSearchParams({ token }) }
  await world.mock.fetch(new Request(`${ISSUER}/oauth2/revoke`, revocation))
  const api = new NotesApi(new Configuration({ basePath: ISSUER, fetchApi: auth.fetch }))
  await expect(api.listNotes()).resolves.toMatchObject({ items: expect.any(Array) as unknown })
  expect(world.mock.requests({ endpoint: 'notes' }).map(({ status }) => status)).toEqual([401, 200])
})

it('lists notes through the official SDK, with getAccessToken as its accessToken', async () => {
  const world = new World()
  const page = await world.signIn(undefined, SCOPE)
  const { getAccessToken: accessToken } = page.auth
  const fetchApi = page.tab.environment().fetch
  const api = new NotesApi(new Configuration({ basePath: ISSUER, accessToken, fetchApi }))
  world.clock.jump(7_200_000)
  await expect(api.listNotes()).resolves.toMatchObject({ items: expect.any(Array) as unknown })
  expect(world.tokenRequests('refresh_token')).toBe(1)
})
