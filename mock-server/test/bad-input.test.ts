import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { MockServerError, type MockServer } from '../src/index.js'
import { routes, type Route } from '../src/routes.js'
import { createMock, post, redirectUri, send, toAuthorizeQuery } from './support/flow.js'
import {
  arbitraryBody,
  arbitraryHeaders,
  arbitraryMethod,
  arbitraryPairs,
  arbitrarySegment,
  arbitraryText,
} from './support/arbitrary-request.js'

// The same runs every time: a failure here is one for everybody.
const seed = 20_260_101
const oauthErrors: ReadonlySet<unknown> = new Set(
  (
    'invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope ' +
    'invalid_token invalid_redirect_uri invalid_client_metadata rate_limit_exceeded'
  ).split(' '),
)

afterEach(() => {
  // Whatever came in, no object has got a member it did not have.
  expect(Object.keys(Object.prototype)).toEqual([])
  expect({}).not.toHaveProperty('polluted')
})

/** A refusal is a 4xx in the words of the endpoint; nothing is a 5xx, shows a stack or smuggles a header. */
async function expectSound(response: Response, errors: Route['errors']): Promise<void> {
  expect(response.status).toBeLessThan(500)
  expect(response.headers.has('x-injected')).toBe(false)
  for (const cookie of response.headers.getSetCookie()) expect(cookie).toMatch(/^spatio_mock_\w+=/)
  const text = await response.text()
  expect(text).not.toMatch(/\n +at .+:\d+:\d+/)
  if (response.status < 400 || text === '') return
  const body: unknown = errors === 'page' ? {} : JSON.parse(text)
  if (errors === 'oauth') expect(oauthErrors).toContain((body as { error?: unknown }).error)
  if (errors === 'api') expect(body).toMatchObject({ error: expect.any(String) as string })
  if (errors === 'page') expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
}

/** Runs a property and fails when the mock itself has failed meanwhile. */
async function check<T>(
  mock: MockServer,
  arbitrary: fc.Arbitrary<T>,
  property: (value: T) => Promise<void>,
  numRuns = 30,
): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitrary, property), { seed, numRuns })
  expectNoFailure(mock)
}

/** What a hostile client gets wrong is found as well; the mock's own failure would be told first. */
function expectNoFailure(mock: MockServer): void {
  try {
    mock.verify()
  } catch (error) {
    expect(error).toBeInstanceOf(MockServerError)
    expect(['secret_leaked', 'lint_failed']).toContain((error as MockServerError).code)
  }
}

describe('whatever is sent', () => {
  const paths = new Map(routes.map((route) => [route.path, route]))
  it.each([...paths.keys()])('%s answers a sound refusal', async (path) => {
    const mock = createMock()
    const errors = paths.get(path)?.errors ?? 'api'
    const request = fc.record({
      segment: arbitrarySegment,
      method: arbitraryMethod,
      query: arbitraryPairs,
      headers: arbitraryHeaders,
      body: arbitraryBody,
    })
    await check(mock, request, async ({ segment, method, query, headers, body }) => {
      const url = `${path.replace(/:\w+/, segment)}?${query}`
      const hasBody = method !== 'GET' && method !== 'HEAD'
      const response = await send(mock, url, {
        method,
        headers: { ...headers, 'content-type': body.mediaType },
        ...(hasBody ? { body: body.content } : {}),
      })
      await expectSound(response, errors)
    })
  })

  it('a good authorization request with one parameter changed is answered soundly', async () => {
    const mock = createMock({ autoConsent: true })
    const names = [
      'state',
      'nonce',
      'scope',
      'prompt',
      'max_age',
      'code_challenge',
      'redirect_uri',
      'client_id',
    ]
    const change = fc.tuple(fc.constantFrom(...names), arbitraryText)
    await check(
      mock,
      change,
      async ([name, value]) => {
        const query = toAuthorizeQuery({ [name]: value })
        const response = await send(mock, `/oauth2/authorize?${query}`)
        await expectSound(response.clone(), 'page')
        const location = response.headers.get('location')
        if (location === null) return
        expect(location.startsWith(`${redirectUri}?`)).toBe(true)
        if (name === 'state' && value !== '') {
          const wellFormed = new URLSearchParams(query).get('state')
          expect(new URL(location).searchParams.get('state')).toBe(wellFormed)
        }
      },
      150,
    )
  })

  it('a good token request with one parameter changed, repeated or ill encoded gives no token', async () => {
    const mock = createMock()
    const form = {
      grant_type: 'authorization_code',
      client_id: 'app',
      code: `cod_${'x'.repeat(43)}`,
      redirect_uri: redirectUri,
      code_verifier: 'v'.repeat(43),
    }
    const change = fc.record({
      name: fc.constantFrom(...Object.keys(form)),
      value: arbitraryText,
      extra: fc.constantFrom('', '&code=y', '&x=%', '&x=%ff', '&__proto__=x', '&=', '&%00=%00'),
    })
    await check(
      mock,
      change,
      async ({ name, value, extra }) => {
        const text = new URLSearchParams({ ...form, [name]: value }).toString() + extra
        const response = await post(mock, '/oauth2/token', text)
        expect(response.status).toBeGreaterThanOrEqual(400)
        await expectSound(response, 'oauth')
      },
      150,
    )
  })
})

describe('bodies past all measure', () => {
  const big = 'x'.repeat(1_000_000)
  const nested = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
  const posts = routes.filter((route) => 'POST' in route.handlers || 'PATCH' in route.handlers)
  it.each(posts.map((route) => [route.path, route] as const))('%s refuses them', async (path, route) => {
    const mock = createMock({
      personalAccessTokens: [{ token: 'pat_0123456789', sub: 'usr_mira', scope: 'read:*' }],
    })
    const method = 'POST' in route.handlers ? 'POST' : 'PATCH'
    const bodies: [mediaType: string, body: string][] = [
      ['application/x-www-form-urlencoded', `a=${big}`],
      ['application/json', JSON.stringify({ client_name: big, name: big })],
      ['application/json', nested],
      ['application/json', `{"client_name":${nested},"name":${nested}}`],
      ['multipart/form-data; boundary=x', big],
    ]
    for (const [mediaType, body] of bodies) {
      const headers = { 'content-type': mediaType, authorization: 'Bearer pat_0123456789' }
      const response = await send(mock, path.replace(':id', 'ptk_x'), { method, headers, body })
      // Userinfo needs no body, so one that it cannot read says nothing.
      expect(response.status).toBeGreaterThanOrEqual(400)
      await expectSound(response, route.errors)
    }
    expectNoFailure(mock)
  })
})
