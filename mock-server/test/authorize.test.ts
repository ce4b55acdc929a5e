import { describe, expect, it } from 'vitest'
import { caseTest } from '@spatio-labs/cases'
import {
  authorize,
  confirm,
  CookieJar,
  createMock,
  getAnswer,
  openConsentPage,
  otherRedirectUri,
  post,
  readTokens,
  redeem,
  redirectUri,
  send,
  toAuthorizeQuery,
} from './support/flow.js'

async function expectPage(response: Response, text: string): Promise<void> {
  expect(response.status).toBe(400)
  expect(response.headers.get('location')).toBeNull()
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(await response.text()).toContain(text)
}

function expectError(response: Response, error: string): void {
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toMatch(/^https:\/\/app\.example\/callback\?/)
  expect(getAnswer(response)).toMatchObject({ error, state: 'st-1' })
}

describe('client and redirect URI', () => {
  caseTest('S-AZ-01', 'shows a page and redirects nowhere for a missing or unknown client', async () => {
    const mock = createMock()
    await expectPage(await authorize(mock, { client_id: undefined }), 'names no app')
    const response = await authorize(mock, { client_id: 'nobody' })
    await expectPage(response.clone(), 'not registered')
    return response
  })

  caseTest('S-AZ-02', 'shows a page for an unregistered redirect_uri whatever else is wrong', async () => {
    const mock = createMock()
    const changes = {
      redirect_uri: 'https://evil.example/',
      response_type: 'token',
      code_challenge: undefined,
    }
    const response = await authorize(mock, changes)
    await expectPage(response.clone(), 'https://evil.example/')
    return response
  })

  it('shows the flags that would register it, and none that a shell would read otherwise than they stand there', async () => {
    const mock = createMock()
    const redirect = (uri: string) => authorize(mock, { redirect_uri: uri })
    await expectPage(
      await redirect('http://localhost:5174/'),
      ' --redirect-uri http://localhost:5174/</code>',
    )
    for (const uri of ['https://app.example/$(id)', 'https://app.example/;id', 'https://app.example/ -x'])
      expect(await (await redirect(uri)).text()).not.toContain('--redirect-uri')
  })

  const nearMisses: string[] = [
    `${redirectUri}/`,
    redirectUri.toUpperCase(),
    'https://APP.example/callback',
    'https://app.example/Callback',
    `${redirectUri}?a=b`,
    'https://app.example/%63allback',
    'https://app.example/callback%2e',
    'https://user@app.example/callback',
    'https://app.example:443/callback',
    'https://app.example/x/../callback',
    `${redirectUri}#x`,
    ` ${redirectUri}`,
    otherRedirectUri,
  ]
  caseTest('S-AZ-03', 'compares redirect URIs as strings: no near miss passes', async () => {
    const mock = createMock()
    for (const nearMiss of nearMisses) {
      await expectPage(await authorize(mock, { redirect_uri: nearMiss }), 'may not send you back there')
    }
    return authorize(mock, { redirect_uri: nearMisses[0] })
  })

  caseTest('S-AZ-04', 'keeps the query of a registered redirect URI and appends to it', async () => {
    const mock = createMock({ autoConsent: true })
    const withQuery = 'https://app.example/cb?tenant=a%20b&x='
    mock.clients.add({ client_id: 'app', redirect_uris: [withQuery] })
    const response = await authorize(mock, { redirect_uri: withQuery })
    expect(response.headers.get('location')).toMatch(/^https:\/\/app\.example\/cb\?tenant=a%20b&x=&code=/)
    return response
  })

  caseTest('S-AZ-05', 'refuses a request without redirect_uri even with one registered', async () => {
    const response = await authorize(createMock(), { redirect_uri: undefined })
    await expectPage(response.clone(), 'no way back')
    return response
  })

  caseTest('S-AZ-16', 'registers no http redirect URI off loopback', async () => {
    const mock = createMock()
    const add = (uri: string) => () => mock.clients.add({ client_id: 'x', redirect_uris: [uri] })
    expect(add('http://app.example/')).toThrow(/http is for loopback/)
    expect(add('http://localhost:3000/')).not.toThrow()
    const body = JSON.stringify({ client_name: 'x', redirect_uris: ['http://app.example/'] })
    const headers = { 'content-type': 'application/json' }
    return send(mock, '/oauth2/register', { method: 'POST', body, headers })
  })
})

describe('parameters', () => {
  caseTest('S-AZ-06', 'refuses a missing or another response_type by redirect, with the state', async () => {
    const mock = createMock()
    expectError(await authorize(mock, { response_type: undefined }), 'invalid_request')
    const response = await authorize(mock, { response_type: 'token' })
    expectError(response, 'unsupported_response_type')
    return response
  })

  caseTest(
    'S-AZ-07',
    'refuses a repeated parameter, on a page when it is client_id or redirect_uri',
    async () => {
      const mock = createMock()
      for (const repeated of ['client_id=app', `redirect_uri=${encodeURIComponent(redirectUri)}`]) {
        const page = await send(mock, `/oauth2/authorize?${toAuthorizeQuery()}&${repeated}`)
        await expectPage(page, 'the same thing twice')
      }
      const response = await send(mock, `/oauth2/authorize?${toAuthorizeQuery()}&scope=openid`)
      expectError(response, 'invalid_request')
      return response
    },
  )

  caseTest('S-AZ-08', 'ignores an unknown parameter', async () => {
    const response = await authorize(createMock({ autoConsent: true }), { audience: 'x', __proto__x: 'y' })
    expect(getAnswer(response)['code']).toBeTruthy()
    return response
  })

  caseTest('S-AZ-09', 'treats a parameter without a value as absent', async () => {
    const mock = createMock({ autoConsent: true })
    expect(getAnswer(await authorize(mock, { prompt: '', max_age: '' }))['code']).toBeTruthy()
    const response = await authorize(mock, { code_challenge: '' })
    expectError(response, 'invalid_request')
    return response
  })

  caseTest('S-AZ-10', 'refuses an unknown, malformed or unregistered scope', async () => {
    const mock = createMock()
    mock.clients.add({ client_id: 'app', redirect_uris: [redirectUri], scope: 'openid' })
    expectError(await authorize(mock, { scope: 'openid profile' }), 'invalid_scope')
    expectError(await authorize(mock, { scope: 'openid  "x"' }), 'invalid_scope')
    const response = await authorize(mock, { scope: 'openid delete:everything' })
    expectError(response, 'invalid_scope')
    return response
  })

  it('grants what the client is registered for when no scope is asked for', async () => {
    const mock = createMock({ autoConsent: true })
    const code = getAnswer(await authorize(mock, { scope: undefined }))['code'] ?? ''
    expect((await readTokens(await redeem(mock, code))).scope).toBe('openid profile email read:*')
  })

  it('shows a page for malformed percent-encoding and for a query past the cap', async () => {
    const mock = createMock()
    await expectPage(await send(mock, `/oauth2/authorize?${toAuthorizeQuery()}&x=%zz`), 'not well formed')
    await expectPage(await send(mock, `/oauth2/authorize?${toAuthorizeQuery()}&x=%ff`), 'not well formed')
    await expectPage(await authorize(mock, { state: 'x'.repeat(10_000) }), 'not well formed')
  })

  caseTest('S-AZ-15', 'allows the code flow without nonce', async () => {
    const response = await authorize(createMock({ autoConsent: true }), { nonce: undefined })
    expect(getAnswer(response)['code']).toBeTruthy()
    return response
  })

  it('refuses a client that is not registered for the authorization_code grant', async () => {
    const mock = createMock()
    mock.clients.add({ client_id: 'app', redirect_uris: [redirectUri], grant_types: ['refresh_token'] })
    expectError(await authorize(mock), 'unauthorized_client')
  })
})

describe('the redirect', () => {
  const states = ['st', 'a b+c', '%2F&=#?', 'ünïcødé ✓', '<script>', '\'"\\']
  caseTest('S-AZ-11', 'returns the state byte for byte, and iss only where switched on', async () => {
    const mock = createMock({ autoConsent: true })
    for (const state of states) {
      expect(getAnswer(await authorize(mock, { state }))).toMatchObject({ state })
      expect(getAnswer(await authorize(mock, { state, prompt: 'x' }))).toMatchObject({ state })
    }
    const withIss = createMock({ autoConsent: true, issParameter: true })
    expect(getAnswer(await authorize(withIss))['iss']).toBe(withIss.issuer)
    expect(getAnswer(await authorize(withIss, { prompt: 'x' }))['iss']).toBe(withIss.issuer)
    const response = await authorize(mock)
    expect(getAnswer(response)).not.toHaveProperty('iss')
    return response
  })

  caseTest('S-AZ-12', 'redirects by 303 after the form post', async () => {
    const mock = createMock()
    const jar = new CookieJar()
    const response = await confirm(mock, jar, await openConsentPage(mock, jar))
    expect(response.status).toBe(303)
    return response
  })

  caseTest('S-AZ-13', 'takes GET only, as Spatio does', async () => {
    const response = await post(createMock(), '/oauth2/authorize', toAuthorizeQuery())
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET')
    return response
  })

  caseTest('S-AZ-14', 'has no CORS headers on /authorize', async () => {
    const mock = createMock()
    const origin = { origin: 'https://app.example' }
    const preflight = await send(mock, '/oauth2/authorize', { method: 'OPTIONS', headers: origin })
    const response = await authorize(mock, {}, origin)
    for (const answer of [preflight, response]) {
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
    return response
  })
})
