import { describe, expect, it, vi } from 'vitest'
import type { MockServer } from '../src/index.js'
import { caseTest } from '@spatio-labs/cases'
import {
  authorize,
  CookieJar,
  createMock,
  getCode,
  openConsentPage,
  readJson,
  readTokens,
  redeem,
  redirectUri,
  send,
} from './support/flow.js'

const metadata = { client_name: 'New app', redirect_uris: [redirectUri], scope: 'openid profile' }

function register(mock: MockServer, body: unknown, ip?: string): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const headers = { 'content-type': 'application/json' }
  return send(mock, '/oauth2/register', { method: 'POST', body: text, headers }, ip)
}

async function expectRefusal(response: Response, error: string): Promise<Response> {
  expect(response.status).toBe(400)
  expect(await readJson(response.clone())).toMatchObject({ error })
  return response
}

describe('dynamic registration', () => {
  const badRedirectUris = [
    undefined,
    [],
    'https://app.example/',
    [7],
    ['relative/path'],
    ['https://app.example/#fragment'],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['https://*.example/'],
    ['http://app.example/'],
    ['https://user:pass@app.example/'],
    ['https://app.example/\nSet-Cookie: x'],
    Array.from({ length: 11 }, (_, index) => `https://app.example/${index}`),
  ]
  caseTest('S-DCR-01', 'refuses redirect URIs that nobody should be sent to', async () => {
    const mock = createMock()
    for (const redirect_uris of badRedirectUris) {
      await expectRefusal(await register(mock, { ...metadata, redirect_uris }), 'invalid_redirect_uri')
    }
    return register(mock, { ...metadata, redirect_uris: ['javascript:alert(1)'] })
  })

  const badMetadata = [
    { client_name: undefined },
    { client_name: 7 },
    { client_name: 'x\u0000' },
    { grant_types: ['refresh_token'] },
    { grant_types: ['authorization_code', 'password'] },
    { grant_types: 'authorization_code' },
    { response_types: ['token'] },
    { response_types: [] },
    { token_endpoint_auth_method: 'private_key_jwt' },
    { jwks: { keys: [] }, jwks_uri: 'https://app.example/jwks' },
    { scope: 'openid everything' },
    { client_uri: 'javascript:alert(1)' },
  ]
  caseTest('S-DCR-02', 'refuses contradictory and unknown metadata', async () => {
    const mock = createMock()
    for (const changes of badMetadata) {
      await expectRefusal(await register(mock, { ...metadata, ...changes }), 'invalid_client_metadata')
    }
    return register(mock, { ...metadata, response_types: ['token'] })
  })

  caseTest('S-DCR-03', 'answers 201, not stored, with what was registered', async () => {
    const mock = createMock()
    const response = await register(mock, { ...metadata, token_endpoint_auth_method: 'client_secret_basic' })
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const client = await readJson(response.clone())
    expect(client).toMatchObject({
      ...metadata,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
    })
    expect(client['client_secret']).toMatch(/^sec_[\w-]{43}$/)
    expect(client['registration_access_token']).toMatch(/^rat_[\w-]{43}$/)
    expect(client).not.toHaveProperty('client_secret_expires_at')
    return response
  })

  caseTest('S-DCR-04', 'issues no secret to a public client, whose sign-in then works', async () => {
    const mock = createMock()
    const response = await register(mock, { ...metadata, token_endpoint_auth_method: 'none' })
    const client = await readJson(response.clone())
    expect(client).not.toHaveProperty('client_secret')
    const changes = { client_id: String(client['client_id']), scope: 'openid profile' }
    const tokens = await readTokens(await redeem(mock, await getCode(mock, changes), changes))
    expect(tokens.scope).toBe('openid profile')
    return response
  })

  caseTest('S-DCR-05', 'fetches no URL it is given and refuses links that are not https', async () => {
    const mock = createMock()
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('It was fetched'))
    const links = ['client_uri', 'logo_uri', 'policy_uri', 'tos_uri', 'jwks_uri', 'sector_identifier_uri']
    const urls = Object.fromEntries(links.map((name) => [name, `https://inner.example/${name}`]))
    const client = await readJson(await register(mock, { ...metadata, ...urls }))
    await openConsentPage(mock, new CookieJar(), { client_id: String(client['client_id']), scope: 'openid' })
    expect(fetched).not.toHaveBeenCalled()
    fetched.mockRestore()
    return expectRefusal(
      await register(mock, { ...metadata, logo_uri: 'http://169.254.169.254/latest' }),
      'invalid_client_metadata',
    )
  })

  caseTest('S-DCR-06', 'takes ten registrations an hour from an address and no oversized one', async () => {
    const mock = createMock()
    await expectRefusal(
      await register(mock, { ...metadata, client_name: 'x'.repeat(201) }),
      'invalid_client_metadata',
    )
    expect((await register(mock, { ...metadata, client_name: 'x'.repeat(1_000_000) })).status).toBe(413)
    for (let count = 0; count < 10; count += 1) {
      expect((await register(mock, metadata, '10.0.0.1')).status).toBe(201)
    }
    const response = await register(mock, metadata, '10.0.0.1')
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('3600')
    expect(await readJson(response.clone())).toMatchObject({ error: 'rate_limit_exceeded' })
    expect((await register(mock, metadata, '10.0.0.2')).status).toBe(201)
    mock.clock.advance('1h')
    expect((await register(mock, metadata, '10.0.0.1')).status).toBe(201)
    return response
  })

  caseTest('S-DCR-07', 'shows a client name with markup as text', async () => {
    const mock = createMock()
    const client_name = `<img src=x onerror="alert('1')"> & co`
    const client = await readJson(await register(mock, { ...metadata, client_name }))
    const changes = { client_id: String(client['client_id']), scope: 'openid' }
    const page = await openConsentPage(mock, new CookieJar(), changes)
    expect(page.text).not.toContain('<img')
    expect(page.text).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co')
    return page.response
  })

  it.each(['', 'null', '[]', '"x"', '{', '{"__proto__":{"client_name":"x"}}', '{"constructor":1}'])(
    'refuses the body %s',
    async (body) => {
      const response = await register(createMock(), body)
      expect(response.status).toBe(400)
      expect((await readJson(response))['error']).toMatch(/^invalid_(request|client_metadata|redirect_uri)$/)
    },
  )

  it('registers the default scope read:* alone', async () => {
    const mock = createMock()
    const client = await readJson(await register(mock, { ...metadata, scope: undefined }))
    expect(client['scope']).toBe('read:*')
    const refused = await authorize(mock, { client_id: String(client['client_id']), scope: 'openid' })
    expect(refused.headers.get('location')).toContain('error=invalid_scope')
  })
})
