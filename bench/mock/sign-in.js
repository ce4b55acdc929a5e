import { createHash, randomBytes } from 'node:crypto'
import { send } from './http-client.js'

const redirectUri = 'http://127.0.0.1:5199/'
const maximumSteps = 8

/** @typedef {{ authorization_endpoint: string, token_endpoint: string }} Metadata */

/**
 * One sign-in of a new person: authorization request, the page and its form where there is one, token request.
 *
 * @param {Metadata} metadata
 * @returns {Promise<string>} the refresh token
 */
export async function signIn(metadata) {
  const verifier = randomBytes(32).toString('base64url')
  const url = new URL(metadata.authorization_endpoint)
  url.search = new URLSearchParams({
    client_id: 'bench',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile email',
    state: randomBytes(16).toString('base64url'),
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  const code = await getCode(url)
  return postToken(metadata, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
}

/** @param {Metadata} metadata @param {string} refreshToken @returns {Promise<string>} the next refresh token */
export function refresh(metadata, refreshToken) {
  return postToken(metadata, { grant_type: 'refresh_token', refresh_token: refreshToken })
}

/** @param {Metadata} metadata @param {Record<string, string>} form */
async function postToken(metadata, form) {
  const { status, body } = await send(metadata.token_endpoint, { client_id: 'bench', ...form })
  if (status !== 200) throw new Error(`The token endpoint answers ${status}: ${body}`)
  const { id_token: idToken, refresh_token: refreshToken } = JSON.parse(body)
  if (typeof idToken !== 'string' || typeof refreshToken !== 'string') throw new Error('A token is missing')
  return refreshToken
}

/** @param {URL} authorizationUrl */
async function getCode(authorizationUrl) {
  /** @type {Map<string, string>} */
  const cookies = new Map()
  let url = authorizationUrl
  /** @type {Record<string, string> | undefined} */
  let form
  for (let step = 0; step < maximumSteps; step += 1) {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    const answer = await send(url, form, headers)
    keepCookies(cookies, answer.headers['set-cookie'] ?? [])
    form = undefined
    if (answer.headers.location !== undefined) {
      url = new URL(answer.headers.location, url)
      const code = url.searchParams.get('code')
      if (url.href.startsWith(redirectUri) && code !== null) return code
      continue
    }
    if (answer.status !== 200) throw new Error(`A page with status ${answer.status}: ${answer.body}`)
    url = new URL(/<form[^>]*action="([^"]*)"/.exec(answer.body)?.[1] ?? '', url)
    form = toForm(answer.body)
  }
  throw new Error('There was no way back')
}

/** The hidden fields, and what the two login pages ask for. @param {string} page */
function toForm(page) {
  const hidden = [...page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)?.[1] ?? '',
    /value="([^"]*)"/.exec(input)?.[1] ?? '',
  ])
  const isProvider = page.includes('name="login"')
  const person = isProvider ? { login: 'mira', password: 'x' } : { user: 'usr_mira', decision: 'allow' }
  return { ...Object.fromEntries(hidden), ...person }
}

/** @param {Map<string, string>} cookies @param {string[]} lines */
function keepCookies(cookies, lines) {
  for (const line of lines) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
    cookies.set(name, value)
  }
}
