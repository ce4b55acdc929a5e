import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { caseTest } from '@spatio-labs/cases'
import type { MockServer } from '../src/index.js'
import {
  authorize,
  confirm,
  CookieJar,
  createMock,
  getAnswer,
  openConsentPage,
  post,
  redirectUri,
  send,
} from './support/flow.js'

const markup = `"><script>alert('1')</script>`

describe('consent page', () => {
  caseTest('S-PAGE-01', 'escapes whatever a request or a client brings', async () => {
    const mock = createMock({ users: [{ sub: 'u1', name: markup, email: markup }] })
    mock.clients.add({
      client_id: 'app',
      redirect_uris: [redirectUri],
      client_name: markup,
      policy_uri: 'javascript:x',
    })
    const page = await openConsentPage(mock, new CookieJar(), { state: markup, nonce: markup })
    const sent = { client_id: markup, redirect_uri: markup, state: markup }
    for (const text of [page.text, await (await authorize(mock, sent)).text()]) {
      expect(text).not.toContain('<script')
      expect(text).not.toContain('javascript:')
      expect(text).toContain('&lt;script&gt;')
    }
    return page.response
  })

  caseTest('S-PAGE-06', 'shows the client, the host to return to, the scopes and the accounts', async () => {
    const { response, text } = await openConsentPage(createMock(), new CookieJar())
    for (const shown of [
      'Test app',
      'app.example',
      'See your email address',
      'Mira Okafor',
      'mira@example.com',
    ]) {
      expect(text).toContain(shown)
    }
    expect(text).not.toMatch(/<script|style="|\son\w+=|https?:\/\/(?!app\.example|127\.0\.0\.1|www\.w3\.org)/)
    return response
  })

  caseTest('S-PAGE-05', 'sends access_denied back when the user refuses, and signs nobody in', async () => {
    const mock = createMock()
    const jar = new CookieJar()
    const response = await confirm(mock, jar, await openConsentPage(mock, jar), { decision: 'deny' })
    expect(response.status).toBe(303)
    expect(getAnswer(response)).toMatchObject({ error: 'access_denied', state: 'st-1' })
    expect(getAnswer(await authorize(mock, { prompt: 'none' }, jar.header))['error']).toBe('login_required')
    return response
  })

  it('refuses an expired, an unsigned and a missing request', async () => {
    const mock = createMock()
    const { request } = await openConsentPage(mock, new CookieJar())
    mock.clock.advance('10m')
    const forged = await new SignJWT({ request: {} })
      .setProtectedHeader({ alg: 'HS256', typ: 'spatio-mock-authorize+jwt' })
      .setJti('x')
      .setExpirationTime('1y')
      .sign(new Uint8Array(32))
    for (const jwt of [request, forged, 'x.y.z', '']) {
      const response = await send(mock, `/oauth2/consent?request=${jwt}`)
      expect(response.status).toBe(400)
      expect(await response.text()).toContain('start again')
    }
  })
})

describe('confirming', () => {
  caseTest('S-PAGE-02', 'refuses a decision without the token of this request in this browser', async () => {
    const mock = createMock()
    const [jar, strange] = [new CookieJar(), new CookieJar()]
    const page = await openConsentPage(mock, jar)
    const another = await openConsentPage(mock, jar)
    const foreign = await openConsentPage(mock, strange)
    const attempts = [
      confirm(mock, jar, { ...page, csrf: '' }),
      confirm(mock, jar, { ...page, csrf: 'x' }),
      confirm(mock, jar, { ...page, csrf: another.csrf }),
      confirm(mock, jar, { ...page, csrf: foreign.csrf }),
      confirm(mock, strange, page),
      confirm(mock, new CookieJar(), page),
      confirm(mock, jar, page, {}, { origin: 'https://evil.example' }),
      confirm(mock, jar, page, {}, { origin: 'null' }),
    ]
    for (const attempt of attempts) expect((await attempt).status).toBe(403)
    const response = await confirm(mock, jar, page, {}, { origin: 'https://evil.example' })
    expect((await confirm(mock, jar, page)).status).toBe(303)
    return response
  })

  caseTest('S-PAGE-03', 'decides from the signed request alone: tampered fields are refused', async () => {
    const mock = createMock()
    const jar = new CookieJar()
    const page = await openConsentPage(mock, jar)
    const [header = '', payload = '', signature = ''] = page.request.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { request: object }
    claims.request = { ...claims.request, redirectUri: 'https://evil.example/' }
    const tampered = Buffer.from(JSON.stringify(claims)).toString('base64url')
    const attempts = [
      confirm(mock, jar, { ...page, request: `${header}.${tampered}.${signature}` }),
      confirm(mock, jar, page, { redirect_uri: 'https://evil.example/' }),
      confirm(mock, jar, page, { scope: 'openid read:*' }),
      confirm(mock, jar, page, { user: 'nobody' }),
      confirm(mock, jar, page, { decision: 'maybe' }),
    ]
    for (const attempt of attempts) {
      expect((await attempt).status).toBe(403)
      expect((await attempt).headers.get('location')).toBeNull()
    }
    return attempts[0]
  })

  caseTest('S-PAGE-04', 'yields one code when Allow is pressed twice', async () => {
    const mock = createMock()
    const jar = new CookieJar()
    const page = await openConsentPage(mock, jar)
    const responses = await Promise.all([confirm(mock, jar, page), confirm(mock, jar, page)])
    const [first, second] = responses.sort((a, b) => a.status - b.status)
    expect(second?.status).toBe(400)
    return first
  })

  it('refuses a body that is not a form of its own', async () => {
    const mock = createMock()
    expect((await send(mock, '/oauth2/authorize/confirm', { method: 'POST' })).status).toBe(403)
    expect((await post(mock, '/oauth2/authorize/confirm', 'request=%zz')).status).toBe(403)
    expect((await post(mock, '/oauth2/authorize/confirm', 'x='.padEnd(70_000, 'x'))).status).toBe(403)
  })

  it('marks its cookies as unreadable by scripts and closed to other sites', async () => {
    const mock = createMock({ issuer: 'https://auth.example' })
    const jar = new CookieJar()
    const page = await openConsentPage(mock, jar)
    const cookies = [page.response, await confirm(mock, jar, page)].flatMap((answer) =>
      answer.headers.getSetCookie(),
    )
    expect(cookies).toHaveLength(2)
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Lax$/)
  })
})

describe('the address of the authority', () => {
  const browserAccept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
  const open = (mock: MockServer, path: string, accept = browserAccept): Promise<Response> =>
    send(mock, path, { headers: { accept } })

  it('shows a person what this is, its documents and where to read on, without a script', async () => {
    const mock = createMock({ issuer: 'https://app.example/__spatio' })
    for (const path of ['', '/']) {
      const response = await open(mock, path)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      const policy = response.headers.get('content-security-policy')
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('script-src')
      const text = await response.text()
      expect(text).toContain('development and tests only')
      expect(text).toContain('<code>https://app.example/__spatio</code>')
      expect(text).toContain('npx @spatio-labs/mock-server faults')
      expect(text).not.toMatch(/<script|style="|\son\w+=/)
      const own = [...text.matchAll(/href="([^"]*\/__spatio\/[^"]*)"/g)].map(([, href = '']) => href)
      expect(own.map((href) => new URL(href, mock.issuer).pathname.slice('/__spatio'.length))).toEqual([
        '/assets/mock-server.css',
        '/.well-known/openid-configuration',
        '/.well-known/jwks.json',
      ])
      for (const href of own)
        expect((await mock.fetch(new Request(new URL(href, mock.issuer)))).status).toBe(200)
    }
  })

  it.each([
    ['a client that takes anything', 'GET', '*/*'],
    ['a client that would rather have JSON', 'GET', 'application/json, text/html;q=0.9'],
    ['a client that says nothing', 'GET', ''],
    ['a form', 'POST', browserAccept],
  ])('is nothing to %s', async (_who, method, accept) => {
    const response = await send(createMock(), '/', { method, headers: { accept } })
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ error: 'Not found', code: 'not_found' })
  })

  it('is the only page that a path without an endpoint has', async () => {
    expect((await open(createMock(), '/nothing')).status).toBe(404)
    expect((await open(createMock({ issuer: 'https://app.example/__spatio' }), 'us/')).status).toBe(404)
  })
})
