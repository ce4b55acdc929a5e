import { expect, it } from 'vitest'
import { createMock, redirectUri, send, signIn, toAuthorizeQuery } from './support/flow.js'

const paths = [
  '/oauth2/authorize',
  '/oauth2/consent',
  '/oauth2/authorize/confirm',
  '/oauth2/token',
  '/oauth2/userinfo',
  '/oauth2/introspect',
  '/oauth2/revoke',
  '/oauth2/register',
  '/v1/notes',
  '/v1/account/connected-apps',
  '/v1/account/connected-apps/%zz',
  '/avatars/..%2f..%2fetc.svg',
  '/.well-known/jwks.json',
  '/nowhere',
]
const values = [
  '',
  'x',
  '%',
  '%zz',
  '%ff%fe',
  '%00',
  'a%0d%0aSet-Cookie:%20x=y',
  '__proto__',
  'constructor',
  '[object Object]',
  '%F0%9F%92%A9',
  'x'.repeat(9_000),
  '../../etc/passwd',
  '%3Cscript%3E',
  'authorization_code',
  'refresh_token',
  'app',
  encodeURIComponent(redirectUri),
]
const names = [
  ...[
    'client_id',
    'redirect_uri',
    'response_type',
    'scope',
    'state',
    'nonce',
    'prompt',
    'max_age',
    'request',
  ],
  ...[
    'grant_type',
    'code',
    'code_verifier',
    'refresh_token',
    'client_secret',
    'token',
    'access_token',
    'csrf',
  ],
  ...['user', 'decision', '__proto__', 'constructor', 'toString', '%zz'],
]
const mediaTypes = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded;charset=UTF-8',
  'application/json',
  'text/plain',
  'multipart/form-data; boundary=x',
  '',
  '///;;;',
]
const documents = [
  '{}',
  '[]',
  'null',
  '{"__proto__":{"x":1}}',
  '{"client_name":{"toString":1},"redirect_uris":[[["x"]]]}',
  '{"client_name":"x","redirect_uris":["https://x.example/"],"grant_types":[{}],"scope":{"split":1}}',
  `{"client_name":"${'x'.repeat(70_000)}"}`,
  '\u0000',
]
const headers: [string, string][] = [
  ['authorization', 'Basic'],
  ['authorization', 'Basic Og=='],
  ['authorization', 'Bearer '],
  ['authorization', `Bearer ${'x'.repeat(5_000)}`],
  ['cookie', 'spatio_mock_session=%zz; spatio_mock_browser="'],
  ['origin', 'null'],
  ['origin', 'not an origin'],
]

/** A small generator with a seed, so that a failure can be repeated. */
function createPicker(seed: number): <T>(list: readonly T[]) => T {
  let state = seed
  return (list) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    const picked = list[state % list.length]
    if (picked === undefined) throw new Error('An empty list')
    return picked
  }
}

it('answers no input with a 500, and shows no stack', async () => {
  const mock = createMock()
  const pick = createPicker(42)
  const toPairs = (): string =>
    Array.from({ length: 6 }, () => `${pick(names)}${pick(['=', '==', ''])}${pick(values)}`).join(
      pick(['&', '&&', ';']),
    )
  for (let round = 0; round < 1_500; round += 1) {
    const method = pick(['GET', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'])
    const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH'
    const body = pick([toPairs(), pick(documents)])
    const init = { method, headers: [pick(headers), ['content-type', pick(mediaTypes)] as [string, string]] }
    const query = pick(['', `?${toPairs()}`, `?${toAuthorizeQuery()}&${toPairs()}`])
    const response = await send(mock, pick(paths) + query, hasBody ? { ...init, body } : init)
    expect(response.status, `${method} ${query} ${body}`).toBeLessThan(500)
    expect(await response.text()).not.toMatch(/\bat .+:\d+:\d+/)
    expect(response.headers.get('set-cookie') ?? '').not.toContain('x=y')
  }
  mock.verify()
})

it('changes no prototype', async () => {
  const mock = createMock()
  const json =
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"client_name":"x"}'
  await send(mock, '/oauth2/register', {
    method: 'POST',
    body: json,
    headers: { 'content-type': 'application/json' },
  })
  await send(mock, '/oauth2/authorize?__proto__=x&__proto__[polluted]=true')
  expect({}).not.toHaveProperty('polluted')
})

it('answers 413 to a body past the cap, whether it says its length or not', async () => {
  const mock = createMock()
  const chunk = new TextEncoder().encode('x'.repeat(10_000))
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1
      controller.enqueue(chunk)
    },
  })
  const init = {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }
  expect((await send(mock, '/oauth2/token', init)).status).toBe(413)
  expect(sent).toBeLessThan(20)
})

it('serves fifty whole sign-ins at once', async () => {
  const mock = createMock()
  const tokens = await Promise.all(Array.from({ length: 50 }, () => signIn(mock)))
  expect(new Set(tokens.map(({ access_token }) => access_token)).size).toBe(50)
})
