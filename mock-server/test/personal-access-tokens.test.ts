import { describe, expect, it } from 'vitest'
import type { MockServer } from '../src/index.js'
import { createMock, getUserInfo, post, readJson, send, signIn, startOfTime } from './support/flow.js'

const additionalScopes = { 'write:notes': 'Change your notes' }

async function call(
  mock: MockServer,
  token: string,
  method: string,
  path = '',
  body?: unknown,
): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  return send(mock, `/v1/tokens${path}`, init)
}

async function create(
  mock: MockServer,
  token: string,
  body: unknown,
): Promise<{ token: string; pat: Record<string, unknown> }> {
  const response = await call(mock, token, 'POST', '', body)
  if (response.status !== 201) throw new Error(`No token: ${response.status} ${await response.text()}`)
  return (await response.json()) as { token: string; pat: Record<string, unknown> }
}

describe('making a token', () => {
  it('answers 201 with the token once, which introspection and the API then know', async () => {
    const mock = createMock({ additionalScopes })
    const { access_token } = await signIn(mock)
    const response = await call(mock, access_token, 'POST', '', {
      name: 'CI',
      description: 'For the build',
      scopes: ['read:*'],
      workspaceId: 'wks_studio',
      expiresAt: '2026-01-01T01:00:00Z',
    })
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { token, pat } = (await response.json()) as { token: string; pat: Record<string, unknown> }
    expect(token).toMatch(/^pat_[\w-]{43}$/)
    expect(pat).toEqual({
      id: expect.stringMatching(/^ptk_/) as string,
      name: 'CI',
      description: 'For the build',
      scopes: ['read:*'],
      workspaceId: 'wks_studio',
      createdAt: '2026-01-01T00:00:00.000Z',
      lastUsedAt: null,
      expiresAt: '2026-01-01T01:00:00.000Z',
      tokenPrefix: token.slice(0, 8),
    })
    expect(await readJson(await post(mock, '/oauth2/introspect', { token }))).toEqual({
      active: true,
      token_type: 'pat',
      user_id: 'usr_mira',
      workspace_id: 'wks_studio',
      scope: 'read:*',
      exp: startOfTime / 1000 + 3_600,
    })
    const notes = (): Promise<Response> =>
      send(mock, '/v1/notes', { headers: { authorization: `Bearer ${token}` } })
    expect((await notes()).status).toBe(200)
    mock.clock.advance('1h')
    expect((await notes()).status).toBe(401)
    expect(await readJson(await post(mock, '/oauth2/introspect', { token }))).toEqual({ active: false })
  })

  it('gives as much as the caller may when no scope is named, and never more', async () => {
    const mock = createMock({ additionalScopes })
    const reader = await signIn(mock, { scope: 'openid read:*' })
    expect((await create(mock, reader.access_token, { name: 'x' })).pat['scopes']).toEqual(['read:*'])
    const more = { name: 'x', scopes: ['write:notes'] }
    expect((await call(mock, reader.access_token, 'POST', '', more)).status).toBe(403)
    const nobody = await signIn(mock, { scope: 'openid' })
    expect((await call(mock, nobody.access_token, 'POST', '', { name: 'x' })).status).toBe(403)
  })

  it.each<[string, unknown]>([
    ['no object', ['x']],
    ['no name', {}],
    ['an empty name', { name: ' ' }],
    ['a name with control characters', { name: 'a\r\nb' }],
    ['a name that is too long', { name: 'x'.repeat(201) }],
    ['scopes that are no list', { name: 'x', scopes: 'read:*' }],
    ['no scope', { name: 'x', scopes: [] }],
    ['an unknown scope', { name: 'x', scopes: ['admin:*'] }],
    ['a scope of OpenID Connect', { name: 'x', scopes: ['openid'] }],
    ['an end in the past', { name: 'x', expiresAt: '2025-12-31T00:00:00Z' }],
    ['an end that is no date-time', { name: 'x', expiresAt: 'tomorrow' }],
  ])('refuses %s with an ApiError', async (_what, body) => {
    const mock = createMock()
    const { access_token } = await signIn(mock)
    const response = await call(mock, access_token, 'POST', '', body)
    expect(response.status).toBe(400)
    expect(await readJson(response)).toMatchObject({ code: 'invalid_request' })
  })
})

describe('the tokens of a user', () => {
  it('are listed without the tokens, with when they were last used', async () => {
    const mock = createMock({
      additionalScopes,
      personalAccessTokens: [
        { token: 'pat_seeded-token', sub: 'usr_mira', scope: 'read:*' },
        { token: 'pat_of-someone-else', sub: 'usr_yuki', scope: 'read:*' },
      ],
    })
    mock.clock.advance('1m')
    const response = await call(mock, 'pat_seeded-token', 'GET')
    const text = await response.text()
    expect(text).not.toContain('pat_seeded-token')
    expect(JSON.parse(text)).toMatchObject({
      tokens: [{ tokenPrefix: 'pat_seed', lastUsedAt: '2026-01-01T00:01:00.000Z', expiresAt: null }],
      availableScopes: ['read:*', 'write:notes'],
    })
    const scopes = await readJson(await call(mock, 'pat_seeded-token', 'GET', '/scopes'))
    expect(scopes).toEqual({ scopes: ['read:*', 'write:notes'] })
  })

  it('change their name and description, never their scopes', async () => {
    const mock = createMock()
    const { access_token } = await signIn(mock)
    const { pat, token } = await create(mock, access_token, { name: 'old', description: 'kept' })
    const path = `/${String(pat['id'])}`
    const response = await call(mock, access_token, 'PATCH', path, { name: 'new' })
    expect(response.status).toBe(200)
    expect(await readJson(response)).toEqual({ ...pat, name: 'new' })
    expect((await call(mock, access_token, 'PATCH', path, { scopes: ['read:*'] })).status).toBe(400)
    expect((await call(mock, access_token, 'PATCH', path, { name: '' })).status).toBe(400)
    const { tokens } = await readJson(await call(mock, token, 'GET'))
    expect(tokens).toMatchObject([{ name: 'new', description: 'kept' }])
  })

  it('are deleted with 204, and do nothing from then on', async () => {
    const mock = createMock()
    const { access_token } = await signIn(mock)
    const { pat, token } = await create(mock, access_token, { name: 'x' })
    const path = `/${String(pat['id'])}`
    const response = await call(mock, access_token, 'DELETE', path)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(await readJson(await post(mock, '/oauth2/introspect', { token }))).toEqual({ active: false })
    expect((await call(mock, token, 'GET')).status).toBe(401)
    expect((await call(mock, access_token, 'DELETE', path)).status).toBe(404)
  })

  it('are nobody else’s to see, change or delete', async () => {
    const mock = createMock({
      personalAccessTokens: [{ token: 'pat_of-someone-else', sub: 'usr_yuki', scope: 'read:*' }],
    })
    const { pat, token } = await create(mock, (await signIn(mock)).access_token, { name: 'x' })
    const path = `/${String(pat['id'])}`
    for (const [method, body] of [['PATCH', { name: 'y' }], ['DELETE']] as const) {
      expect((await call(mock, 'pat_of-someone-else', method, path, body)).status).toBe(404)
    }
    expect((await call(mock, token, 'GET')).status).toBe(200)
  })

  it('need a caller: 401 and an ApiError everywhere', async () => {
    const mock = createMock()
    const requests = [
      ...['GET', 'POST'].map((method) => [method, '']),
      ['GET', '/scopes'],
      ...['PATCH', 'DELETE'].map((method) => [method, '/ptk_x']),
    ]
    for (const [method = '', path] of requests) {
      const response = await call(mock, 'tok_unknown', method, path, method === 'GET' ? undefined : {})
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
      expect(await readJson(response)).toMatchObject({ code: 'unauthorized' })
    }
  })

  it('open no userinfo: there is no sign-in behind them', async () => {
    const mock = createMock()
    const { token } = await create(mock, (await signIn(mock)).access_token, { name: 'x' })
    expect((await getUserInfo(mock, token)).status).toBe(401)
  })
})
