import { base64url } from 'jose'
import { expect, it } from 'vitest'
import {
  createAuthorizationRequest,
  type AuthorizationRequest,
} from '../../src/protocol/authorization-request.js'
import { claimTransaction } from '../../src/protocol/transaction.js'
import { CLIENT_ID, ISSUER, METADATA, NOW, offline, openProtocolPage } from '../kit/protocol-page.js'
import { refusal, refusalOf } from '../kit/refusal.js'

const REQUEST: AuthorizationRequest = {
  scope: 'openid email',
  prompt: null,
  maxAge: null,
  redirectUri: 'https://app.test/cb',
  returnTo: '/here',
  appState: undefined,
}

async function create(change: Partial<AuthorizationRequest> = {}, metadata = METADATA) {
  const page = openProtocolPage(offline)
  const source = { get: async () => metadata }
  const url = new URL(await createAuthorizationRequest(page.context, source, { ...REQUEST, ...change }))
  return { page, url, params: Object.fromEntries(url.searchParams) }
}

const RANDOM_TEXT = /^[\w-]{43}$/

it('sends exactly what a code flow with PKCE needs', async () => {
  const { url, params } = await create()
  const { state, nonce, code_challenge, ...others } = params
  expect(url.origin + url.pathname).toBe(METADATA.authorizationEndpoint)
  expect(others).toEqual({
    response_type: 'code',
    client_id: CLIENT_ID,
    redirect_uri: 'https://app.test/cb',
    scope: 'openid email',
    code_challenge_method: 'S256',
  })
  expect(state?.slice(0, 4)).toBe('sp1.')
  expect(state?.slice(4)).toMatch(RANDOM_TEXT)
  expect(nonce).toMatch(RANDOM_TEXT)
  expect(code_challenge).toMatch(RANDOM_TEXT)
})

it('sends prompt and max_age where they were asked for, 0 too', async () => {
  expect((await create({ prompt: 'login', maxAge: 0 })).params).toMatchObject({
    prompt: 'login',
    max_age: '0',
  })
  expect((await create()).params).not.toHaveProperty('max_age')
  expect((await create()).params).not.toHaveProperty('prompt')
})

it('keeps the query that the endpoint has', async () => {
  const authorizationEndpoint = `${ISSUER}/authorize?tenant=a%20b`
  const { url, params } = await create({}, { ...METADATA, authorizationEndpoint })
  expect(params).toMatchObject({ tenant: 'a b', response_type: 'code' })
  expect(url.pathname).toBe('/authorize')
})

it('leaves in this tab what the callback needs, with the verifier of the challenge', async () => {
  const appState = { cart: [1] }
  const { page, params } = await create({ maxAge: 60, appState })
  const transaction = await claimTransaction(page.context, params['state'] ?? '')
  expect(transaction).toEqual({
    redirectUri: 'https://app.test/cb',
    tokenEndpoint: METADATA.tokenEndpoint,
    codeVerifier: expect.stringMatching(RANDOM_TEXT) as string,
    nonce: params['nonce'],
    scope: 'openid email',
    returnTo: '/here',
    appState,
    isSilent: false,
    isExpired: false,
    maxAge: 60,
  })
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(transaction.codeVerifier))
  expect(params['code_challenge']).toBe(base64url.encode(new Uint8Array(hash)))
})

it('remembers that nobody was to be asked', async () => {
  const silent = await create({ prompt: 'none' })
  expect(await claimTransaction(silent.page.context, silent.params['state'] ?? '')).toMatchObject({
    isSilent: true,
    appState: null,
    maxAge: null,
  })
})

it('notes the whole second of its creation, and who asked whom', async () => {
  const page = openProtocolPage(offline)
  page.clock.jump(999)
  await createAuthorizationRequest(page.context, { get: async () => METADATA }, REQUEST)
  const [[, text] = ['', '']] = page.tab.sessionStorage.entries()
  expect(JSON.parse(text)).toMatchObject({ created: NOW, authority: ISSUER, client_id: CLIENT_ID })
})

it('takes 32 random bytes for each of state, nonce and verifier, as base64url', async () => {
  const page = openProtocolPage(offline)
  const fills = [0xff, 0xfb, 0x00]
  const lengths: number[] = []
  const getRandomValues = (bytes: Uint8Array) => {
    lengths.push(bytes.length)
    return bytes.fill(fills.shift() ?? 1)
  }
  const environment = {
    ...page.context.environment,
    crypto: { subtle: crypto.subtle, getRandomValues } as unknown as Crypto,
  }
  const url = await createAuthorizationRequest(
    { ...page.context, environment },
    { get: async () => METADATA },
    REQUEST,
  )
  const { state, nonce } = Object.fromEntries(new URL(url).searchParams)
  expect(lengths).toEqual([32, 32, 32])
  expect(state).toBe(`sp1.${base64url.encode(new Uint8Array(32).fill(0xff))}`)
  expect(nonce).toBe(base64url.encode(new Uint8Array(32).fill(0xfb)))
  const { codeVerifier } = await claimTransaction(page.context, state ?? '')
  expect(codeVerifier).toBe('A'.repeat(43))
})

it('refuses where the browser gives no crypto, before anything is asked', async () => {
  const page = openProtocolPage(offline)
  const environment = { ...page.context.environment, crypto: {} as Crypto }
  const source = { get: () => expect.unreachable() }
  const creating = () => createAuthorizationRequest({ ...page.context, environment }, source, REQUEST)
  expect(await refusalOf(creating)).toEqual(refusal('authorization_request', 'crypto_unavailable'))
})
