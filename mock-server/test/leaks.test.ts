import { describe, expect, it } from 'vitest'
import type { FindingRule, MockServer } from '../src/index.js'
import { authorize, getUserInfo, post, redirectUri, refresh, send } from './support/flow.js'
import {
  createStrictMock,
  createTransaction,
  personal,
  secret,
  signInWell,
  type SignedIn,
} from './support/good-client.js'

describe('the leak check', () => {
  type Leak = (signedIn: SignedIn) => Promise<Response>
  const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } })
  const leaks: [title: string, rule: FindingRule, detail: string, leak: Leak][] = [
    [
      'an access token in the query of userinfo',
      'leak.url',
      'access token in the query',
      ({ mock, tokens }) => send(mock, `/oauth2/userinfo?access_token=${tokens.access_token}`),
    ],
    [
      'an access token inside a value of a query',
      'leak.url',
      'access token in the query',
      ({ mock, tokens }) => send(mock, `/v1/notes?next=https%3A%2F%2Fx%2F%3Ft%3D${tokens.access_token}`),
    ],
    [
      'a personal access token in a path',
      'leak.url',
      'personal access token in the path',
      ({ mock }) => send(mock, `/v1/tokens/${personal}`, { method: 'DELETE', ...bearer(personal) }),
    ],
    [
      'a code_verifier as state',
      'leak.url',
      'code_verifier in the query',
      ({ mock, verifier }) => authorize(mock, { ...createTransaction().parameters, state: verifier }),
    ],
    [
      'a client secret at the authorization endpoint',
      'leak.url',
      'client secret in the query',
      ({ mock }) => authorize(mock, { ...createTransaction().parameters, client_secret: 'short' }),
    ],
    [
      'a code in the Referer',
      'leak.referer',
      'authorization code in the Referer',
      ({ mock, code, tokens }) =>
        send(mock, '/oauth2/userinfo', {
          headers: { ...bearer(tokens.access_token).headers, referer: `${redirectUri}?code=${code}&state=s` },
        }),
    ],
    [
      'an id_token in the fragment of a Referer',
      'leak.referer',
      'id_token in the Referer',
      ({ mock, tokens }) =>
        send(mock, '/.well-known/jwks.json', {
          headers: { referer: `https://app.example/#id_token=${tokens.id_token}` },
        }),
    ],
    [
      'an access token at the key set',
      'leak.header',
      'access token in the header authorization',
      ({ mock, tokens }) => send(mock, '/.well-known/jwks.json', bearer(tokens.access_token)),
    ],
    [
      'a refresh token as bearer',
      'leak.header',
      'refresh token in the header authorization',
      ({ mock, tokens }) => getUserInfo(mock, tokens.refresh_token),
    ],
    [
      'an id_token as bearer',
      'leak.header',
      'id_token in the header authorization',
      ({ mock, tokens }) => getUserInfo(mock, tokens.id_token),
    ],
    [
      'a client secret at userinfo, by Basic',
      'leak.header',
      'client secret in the header authorization',
      ({ mock }) =>
        send(mock, '/oauth2/userinfo', { headers: { authorization: `Basic ${btoa(`basic:${secret}`)}` } }),
    ],
    [
      'an access token in a header of its own',
      'leak.header',
      'access token in the header x-debug',
      ({ mock, tokens }) =>
        send(mock, '/v1/notes', {
          headers: { ...bearer(tokens.access_token).headers, 'x-debug': tokens.access_token },
        }),
    ],
    [
      'a refresh token beside a token to introspect',
      'leak.body',
      'refresh token in the body',
      ({ mock, tokens }) =>
        post(mock, '/oauth2/introspect', { token: tokens.access_token, more: tokens.refresh_token }),
    ],
  ]
  it.each(leaks)('finds %s, once, and tells no value', async (_title, rule, detail, leak) => {
    const signedIn = await signInWell()
    const { mock, code, verifier, tokens } = signedIn
    mock.verify()
    await leak(signedIn)
    expect(mock.findings().filter((finding) => finding.kind === 'leak')).toEqual([
      expect.objectContaining({ rule, detail, level: 'error', request: mock.requests().at(-1)?.id }),
    ])
    let message = ''
    try {
      mock.verify()
    } catch (error) {
      expect(error).toMatchObject({ code: 'secret_leaked' })
      message = (error as Error).message
    }
    expect(message).toContain(`${detail} (${rule}, request `)
    for (const value of [code, verifier, personal, secret, ...Object.values(tokens).map(String)]) {
      if (value.length > 12) expect(message + JSON.stringify(mock.findings())).not.toContain(value)
    }
    mock.verify()
  })

  it('knows the secrets of a source of ids of your own', async () => {
    let count = 0
    const mock = createStrictMock({ ids: (kind) => `${kind.toUpperCase()}${(count += 1)}`.padEnd(24, '-') })
    const { tokens } = await signInWell(mock)
    await send(mock, `/v1/notes?t=${tokens.refresh_token}`, bearer(tokens.access_token))
    expect(mock.findings()).toMatchObject([{ rule: 'leak.url', detail: 'refresh token in the query' }])
  })

  it('takes a body that followed a redirect of the token endpoint for what it is', async () => {
    const { mock, tokens } = await signInWell()
    mock.fault('token.redirect', { location: `${mock.issuer}/elsewhere` })
    const answer = await refresh(mock, tokens.refresh_token)
    await post(mock, new URL(answer.headers.get('location') ?? '').pathname, {
      refresh_token: tokens.refresh_token,
    })
    expect(() => mock.verify()).toThrow(/refresh token in the body \(leak\.body/)
  })

  it('is told of leaks below /f/ and of those of an issuer of its own apart', async () => {
    const { mock, tokens } = await signInWell()
    await fetchIn(mock, `${mock.faultyIssuer('http.500')}/v1/notes?t=${tokens.access_token}`)
    expect(() => mock.verify()).toThrow(/access token in the query/)
    const below = mock.issuerFor('a')
    await fetchIn(mock, `${below.issuer}/v1/notes?t=${tokens.access_token}`)
    mock.verify()
    expect(() => below.verify()).toThrow(/access token in the query/)
  })

  it('is never lenient', async () => {
    const mock = createStrictMock({ lenient: true })
    await send(mock, `/v1/notes?t=${personal}`)
    expect(() => mock.verify()).toThrow(expect.objectContaining({ code: 'secret_leaked' }) as Error)
  })
})

function fetchIn(mock: MockServer, url: string): Promise<Response> {
  return mock.fetch(new Request(url))
}
