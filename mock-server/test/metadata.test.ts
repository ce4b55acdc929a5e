import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import { createMockServer } from '../src/index.js'
import { caseTest } from '@spatio-labs/cases'
import {
  authorize,
  CookieJar,
  createMock,
  openConsentPage,
  post,
  readJson,
  redeem,
  send,
  signIn,
  startOfTime,
} from './support/flow.js'

const discoveryPath = '/.well-known/openid-configuration'
const origin = { origin: 'https://app.example' }

describe('metadata', () => {
  caseTest('S-META-01', 'names its issuer exactly, with every endpoint on it', async () => {
    const mock = createMock({ issuer: 'https://api.spatio.app' })
    const response = await send(mock, discoveryPath)
    const document = await readJson(response.clone())
    expect(document['issuer']).toBe('https://api.spatio.app')
    const endpoints = Object.entries(document).filter(([name]) => /_endpoint$|_uri$/.test(name))
    expect(endpoints).toHaveLength(7)
    for (const [, url] of endpoints) expect(url).toMatch(/^https:\/\/api\.spatio\.app\//)
    return response
  })

  it('serves one document under both names', async () => {
    const mock = createMock()
    const texts = [discoveryPath, '/.well-known/oauth-authorization-server'].map(async (path) =>
      (await send(mock, path)).text(),
    )
    const [first, second] = await Promise.all(texts)
    expect(first).toBe(second)
  })

  it('keeps an issuer with a path apart', async () => {
    const mock = createMock({ issuer: 'http://127.0.0.1:4400/tenant/a' })
    expect((await readJson(await send(mock, discoveryPath)))['jwks_uri']).toBe(
      'http://127.0.0.1:4400/tenant/a/.well-known/jwks.json',
    )
    expect((await signIn(mock)).id_token).toBeTruthy()
    expect((await mock.fetch(new Request(`http://127.0.0.1:4400${discoveryPath}`))).status).toBe(404)
  })

  caseTest('S-META-02', 'tells the truth: S256, RS256, and iss only where it is sent', async () => {
    const mock = createMock()
    const response = await send(mock, discoveryPath)
    const document = await readJson(response.clone())
    expect(document).toMatchObject({
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'read:*'],
    })
    expect(document).not.toHaveProperty('authorization_response_iss_parameter_supported')
    expect(document).not.toHaveProperty('end_session_endpoint')
    const withIss = await readJson(await send(createMock({ issParameter: true }), discoveryPath))
    expect(withIss['authorization_response_iss_parameter_supported']).toBe(true)
    for (const [name, url] of Object.entries(document)) {
      if (!/_endpoint$|_uri$/.test(name)) continue
      expect((await mock.fetch(new Request(String(url)))).status).not.toBe(404)
    }
    return response
  })
})

describe('keys', () => {
  caseTest('S-META-03', 'publishes public RSA members of 2048 bits with unique kids', async () => {
    const mock = createMock()
    await mock.keys.rotate()
    const response = await send(mock, '/.well-known/jwks.json')
    const { keys } = (await response.clone().json()) as { keys: Record<string, string>[] }
    expect(new Set(keys.map((key) => key['kid'])).size).toBe(2)
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
      expect(key).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256' })
      expect(key['kid']).toContain('do-not-trust')
      expect(Buffer.from(key['n'] ?? '', 'base64url').length).toBeGreaterThanOrEqual(256)
    }
    return response
  })

  caseTest(
    'S-META-04',
    'publishes a retired key while its tokens live, for five cached minutes',
    async () => {
      const mock = createMock()
      const { id_token } = await signIn(mock)
      await mock.keys.rotate({ retire: 'keep' })
      mock.clock.advance('60m')
      const response = await send(mock, '/.well-known/jwks.json')
      expect(response.headers.get('cache-control')).toBe('public, max-age=300')
      const jwks = (await response.clone().json()) as JSONWebKeySet
      await jwtVerify(id_token, createLocalJWKSet(jwks), { currentDate: new Date(startOfTime) })
      mock.clock.advance('5m')
      expect(mock.keys.published()).toHaveLength(1)
      return response
    },
  )

  it('withdraws a dropped key at once and generates keys past the shipped ones', async () => {
    const mock = createMock()
    for (let count = 0; count < 3; count += 1) await mock.keys.rotate({ retire: 'drop' })
    expect(mock.keys.published().map((key) => key.kid)).toEqual(['spatio-mock-generated-do-not-trust-4'])
  })
})

describe('CORS', () => {
  const paths: [path: string, allowed: string][] = [
    ['/oauth2/token', 'https://app.example'],
    ['/oauth2/userinfo', 'https://app.example'],
    ['/oauth2/revoke', 'https://app.example'],
    ['/oauth2/introspect', 'https://app.example'],
    ['/v1/notes', 'https://app.example'],
    ['/oauth2/register', '*'],
    ['/.well-known/jwks.json', '*'],
    [discoveryPath, '*'],
  ]
  caseTest('S-META-05', 'answers preflights of registered origins, without credentials', async () => {
    const mock = createMock()
    for (const [path, allowed] of paths) {
      const headers = { ...origin, 'access-control-request-method': 'POST' }
      const preflight = await send(mock, path, { method: 'OPTIONS', headers })
      expect(preflight.status).toBe(204)
      expect(preflight.headers.get('access-control-allow-origin')).toBe(allowed)
      expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization')
      expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    }
    for (const [path, allowed] of paths) {
      for (const method of ['GET', 'POST']) {
        const answer = await send(mock, path, { method, headers: origin })
        expect(answer.headers.get('access-control-allow-origin')).toBe(allowed)
        expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
      }
      const foreignOrigin = { ...origin, origin: 'https://evil.example' }
      const foreignPreflight = await send(mock, path, { method: 'OPTIONS', headers: foreignOrigin })
      expect(foreignPreflight.headers.get('access-control-allow-origin')).toBe(allowed === '*' ? '*' : null)
    }
    const foreign = await redeem(mock, 'x', {}, { origin: 'https://evil.example' })
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
    const response = await send(mock, discoveryPath, { headers: origin })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    return response
  })

  caseTest('S-META-06', "refuses a token request for a client of another origin's page", async () => {
    const response = await redeem(createMock(), 'cod_x', {}, { origin: 'https://other.example' })
    expect(response.status).toBe(400)
    expect(response.headers.get('access-control-allow-origin')).toBe('https://other.example')
    expect(await readJson(response.clone())).toMatchObject({ error: 'invalid_request' })
    return response
  })

  caseTest('S-META-07', 'lets no page read the pages', async () => {
    const mock = createMock()
    const pages = ['/oauth2/authorize', '/oauth2/consent', '/oauth2/authorize/confirm']
    for (const path of pages) {
      for (const method of ['GET', 'OPTIONS', 'POST']) {
        const response = await send(mock, path, { method, headers: origin })
        expect(response.headers.get('access-control-allow-origin')).toBeNull()
      }
    }
    return authorize(mock, {}, origin)
  })
})

describe('headers', () => {
  caseTest('S-META-08', 'sets the protecting headers on pages and nosniff everywhere', async () => {
    const mock = createMock()
    const { response } = await openConsentPage(mock, new CookieJar())
    for (const answer of [response, await redeem(mock, 'x'), await send(mock, discoveryPath)]) {
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    }
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("form-action 'self' https://app.example;")
    expect(policy).not.toContain('unsafe')
    expect(response.headers.get('x-frame-options')).toBe('DENY')
    expect(response.headers.get('referrer-policy')).toBe('same-origin')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('cross-origin-opener-policy')).toBeNull()
    return response
  })

  caseTest('S-META-09', 'puts no framing policy on the answer to prompt=none', async () => {
    const response = await authorize(createMock(), { prompt: 'none' })
    expect(response.status).toBe(302)
    expect(response.headers.get('x-frame-options')).toBeNull()
    return response
  })

  it('dates every answer by the clock of the mock', async () => {
    const mock = createMockServer({ clock: () => startOfTime })
    mock.clock.advance('1h')
    const answers = [discoveryPath, '/nowhere', '/oauth2/authorize', '/oauth2/token'].map((path) =>
      send(mock, path),
    )
    for (const answer of [...answers, post(mock, '/oauth2/token', {})]) {
      expect((await answer).headers.get('date')).toBe('Thu, 01 Jan 2026 01:00:00 GMT')
    }
  })
})
