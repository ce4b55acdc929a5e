import type { FaultName } from '@spatio-labs/mock-server'
import { expect, it } from 'vitest'
import { World } from './kit/world.js'

it('tells about the token of the session', async () => {
  const world = new World()
  const { auth } = await world.signIn()
  const answer = await auth.introspect()
  expect(answer).toMatchObject({
    active: true,
    tokenType: 'oauth',
    clientId: 'demo-app',
    userId: 'usr_mira',
    scopes: ['openid', 'profile', 'email'],
    expiresAt: Math.floor(world.clock.now() / 1000) * 1000 + 3_600_000,
  })
  expect(Object.isFrozen(answer)).toBe(true)
})

it('says no more than inactive of a token nobody knows', async () => {
  const { auth } = await new World().signIn()
  await expect(auth.introspect('tok_unknown')).resolves.toEqual({ active: false })
})

it('needs no session for a token of the app, and one without', async () => {
  const world = new World()
  const { auth } = world.page()
  await expect(auth.introspect('pat_unknown')).resolves.toEqual({ active: false })
  await expect(auth.introspect()).rejects.toMatchObject({ code: 'not_authenticated' })
})

it('sends the token in the form, to the introspection endpoint alone', async () => {
  const world = new World()
  const page = await world.signIn()
  const seen: string[] = []
  world.intercepts.push((request) => {
    void request
      .clone()
      .text()
      .then((body) => seen.push(`${request.method} ${request.url} ${body}`))
    return undefined
  })
  await page.auth.introspect('pat_x')
  expect(seen).toEqual(['POST http://127.0.0.1:4400/oauth2/introspect token=pat_x'])
  expect(page.events).toContainEqual(
    expect.objectContaining({ type: 'request', endpoint: 'introspection', status: 200 }),
  )
})

it.each<[FaultName, object]>([
  ['http.500', { code: 'introspection_failed', retryable: true }],
  ['http.429', { code: 'introspection_failed', retryable: true, oauth: { error: 'rate_limit_exceeded' } }],
  ['transport.offline', { code: 'introspection_failed', retryable: true }],
  ['http.204-empty', { code: 'introspection_failed', retryable: false }],
  ['http.captive-portal', { code: 'introspection_invalid', retryable: false }],
  ['http.json.array', { code: 'introspection_invalid', retryable: false }],
  ['http.redirect-loop', { code: 'redirect_rejected', retryable: false }],
])('refuses %s', async (fault, expected) => {
  const world = new World()
  const { auth } = await world.signIn()
  world.mock.fault(fault, {}, { endpoint: 'introspect' })
  await expect(auth.introspect()).rejects.toMatchObject({ phase: 'introspection', ...expected })
  expect(auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  world.mock.verify()
})

it('takes nothing but a boolean for active', async () => {
  const world = new World()
  const { auth } = await world.signIn()
  for (const value of ['true', 1, null, undefined]) {
    world.mock.fault('introspect.member.set', { name: 'active', value })
    await expect(auth.introspect()).rejects.toMatchObject({ code: 'introspection_invalid' })
  }
})

it('drops members of a wrong type', async () => {
  const world = new World()
  const { auth } = await world.signIn()
  for (const [name, value] of Object.entries({
    token_type: 'mac',
    client_id: 7,
    user_id: '',
    scope: [],
    exp: 'soon',
  }))
    world.mock.fault('introspect.member.set', { name, value })
  await expect(auth.introspect()).resolves.toMatchObject({
    active: true,
    tokenType: null,
    clientId: null,
    userId: null,
    scopes: [],
    expiresAt: null,
  })
})
