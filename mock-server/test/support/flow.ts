import { createHash, randomBytes } from 'node:crypto'
import { createMockServer, type MockServer, type MockServerOptions } from '../../src/index.js'

/** The redirect URI of the app under test. */
export const redirectUri = 'https://app.example/callback'
/** A second client's redirect URI. */
export const otherRedirectUri = 'https://other.example/callback'
/** Start of every test's time. */
export const startOfTime = Date.UTC(2026, 0, 1)

/** What requests are sent to: a mock in process, or one behind a port. */
export type Target = Pick<MockServer, 'issuer' | 'fetch'>

/** A mock whose time stands still, with two public clients and two confidential ones. */
export function createMock(options: MockServerOptions = {}): MockServer {
  return createMockServer({
    clock: () => startOfTime,
    // Every sign-in of these helpers asks with the same values.
    lenient: ['state.reused', 'nonce.reused', 'pkce.reused'],
    clients: [
      { client_id: 'app', client_name: 'Test app', redirect_uris: [redirectUri] },
      { client_id: 'other', redirect_uris: [otherRedirectUri] },
      { client_id: 'basic', client_secret: 's3cret:+ %', redirect_uris: [redirectUri] },
      {
        client_id: 'post',
        client_secret: 's3cret',
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [redirectUri],
      },
    ],
    ...options,
  })
}

/** Sends a request to the mock, by path. */
export function send(mock: Target, path: string, init?: RequestInit, ip?: string): Promise<Response> {
  const request = new Request(mock.issuer + path, { redirect: 'manual', ...init })
  return mock.fetch(request, ip === undefined ? {} : { ip })
}

/** Posts a form. */
export function post(
  mock: Target,
  path: string,
  form: Record<string, string> | string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = typeof form === 'string' ? form : new URLSearchParams(form).toString()
  return send(mock, path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })
}

/** A code_verifier with its challenge. */
export function createPkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** Parameters of a good authorization request; undefined takes one out. */
export type AuthorizeParameters = Record<string, string | undefined>

/** A fixed verifier where a test does not care. */
export const pkce: { verifier: string; challenge: string } = createPkce()

/** The query of a good authorization request, with changes. */
export function toAuthorizeQuery(changes: AuthorizeParameters = {}): string {
  const parameters = {
    client_id: 'app',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile email read:*',
    state: 'st-1',
    nonce: 'n-1',
    code_challenge: pkce.challenge,
    code_challenge_method: 'S256',
    ...changes,
  }
  const present = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return new URLSearchParams(present).toString()
}

/** GET /oauth2/authorize. */
export function authorize(
  mock: Target,
  changes: AuthorizeParameters = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  return send(mock, `/oauth2/authorize?${toAuthorizeQuery(changes)}`, { headers, redirect: 'manual' })
}

/** The parameters a redirect brings back. */
export function getAnswer(response: Response): Record<string, string> {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`No redirect: ${response.status}`)
  return Object.fromEntries(new URL(location).searchParams)
}

/** A browser's cookies, as one header. */
export class CookieJar {
  readonly cookies: Map<string, string> = new Map()

  store(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      this.cookies.set(name, value)
    }
    return response
  }

  get header(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return cookie === '' ? {} : { cookie }
  }
}

/** A consent page as it was served, with its hidden fields. */
export interface ConsentPage {
  response: Response
  text: string
  request: string
  csrf: string
}

/** Goes from /oauth2/authorize to the consent page. */
export async function openConsentPage(
  mock: Target,
  jar: CookieJar,
  changes: AuthorizeParameters = {},
): Promise<ConsentPage> {
  const redirect = jar.store(await authorize(mock, changes, jar.header))
  const location = redirect.headers.get('location') ?? ''
  const response = jar.store(await mock.fetch(new Request(location, { headers: jar.header })))
  const text = await response.text()
  const field = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
  return { response, text, request: field('request'), csrf: field('csrf') }
}

/** Posts the decision of a consent page. */
export async function confirm(
  mock: Target,
  jar: CookieJar,
  page: Pick<ConsentPage, 'request' | 'csrf'>,
  changes: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const form = { request: page.request, csrf: page.csrf, user: 'usr_mira', decision: 'allow', ...changes }
  const origin = { origin: new URL(mock.issuer).origin }
  return jar.store(
    await post(mock, '/oauth2/authorize/confirm', form, { ...origin, ...jar.header, ...headers }),
  )
}

/** Signs in through the consent page and comes back with a code. */
export async function getCode(
  mock: Target,
  changes: AuthorizeParameters = {},
  jar: CookieJar = new CookieJar(),
): Promise<string> {
  const page = await openConsentPage(mock, jar, changes)
  return getAnswer(await confirm(mock, jar, page))['code'] ?? ''
}

/** Redeems a code. */
export function redeem(
  mock: Target,
  code: string,
  changes: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const form: Record<string, string> = {
    grant_type: 'authorization_code',
    client_id: 'app',
    code,
    redirect_uri: redirectUri,
    code_verifier: pkce.verifier,
    ...changes,
  }
  const present = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''))
  return post(mock, '/oauth2/token', present, headers)
}

/** A token response. */
export interface Tokens {
  access_token: string
  refresh_token: string
  id_token: string
  token_type: string
  expires_in: number
  scope: string
}

/** A whole sign-in. */
export async function signIn(mock: Target, changes: AuthorizeParameters = {}): Promise<Tokens> {
  return readTokens(await redeem(mock, await getCode(mock, changes)))
}

/** The tokens of a 200 answer. */
export async function readTokens(response: Response): Promise<Tokens> {
  if (response.status !== 200) throw new Error(`No tokens: ${response.status} ${await response.text()}`)
  return (await response.json()) as Tokens
}

/** Refreshes. */
export function refresh(
  mock: Target,
  refreshToken: string,
  changes: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const form = { grant_type: 'refresh_token', client_id: 'app', refresh_token: refreshToken, ...changes }
  return post(mock, '/oauth2/token', form, headers)
}

/** Userinfo by the Bearer header. */
export function getUserInfo(mock: Target, accessToken: string): Promise<Response> {
  return send(mock, '/oauth2/userinfo', { headers: { authorization: `Bearer ${accessToken}` } })
}

/** The body of an answer, which is a JSON object. */
export async function readJson(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>
}
