import fc from 'fast-check'
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { expect, it } from 'vitest'
import { SpatioAuthError } from '../../src/errors.js'
import { validateIdToken } from '../../src/protocol/id-token.js'
import type { JwksSource } from '../../src/protocol/jwks.js'
import type { Metadata } from '../../src/protocol/metadata.js'
import { processTokenResponse } from '../../src/protocol/token-response.js'
import { runs } from '../kit/property.js'

const ISSUER = 'https://op.test'
const CLIENT_ID = 'app'
const NOW = 1_790_000_000
const metadata: Metadata = {
  authorizationEndpoint: `${ISSUER}/authorize`,
  tokenEndpoint: `${ISSUER}/token`,
  jwksUri: `${ISSUER}/jwks`,
  revocationEndpoint: null,
  userinfoEndpoint: null,
  introspectionEndpoint: null,
  registrationEndpoint: null,
  idTokenAlgs: ['RS256'],
  isIssParameterSupported: false,
}
const GOOD: JWTPayload = { iss: ISSUER, aud: CLIENT_ID, sub: 'usr_1', nonce: 'n', iat: NOW, exp: NOW + 3600 }
const time = { now: NOW, tolerance: 60, maxTokenAge: 600, isMeasured: true }
const expected = {
  issuer: ISSUER,
  clientId: CLIENT_ID,
  nonce: 'n',
  isNonceOptional: false,
  maxAge: null,
  time,
}

const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
const keys = createLocalJWKSet({
  keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }],
})
const jwks: JwksSource = { get: async () => keys, refetch: async () => keys }
const sign = (claims: JWTPayload): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k', typ: 'JWT' }).sign(privateKey)

/** The code of the refusal, or null for a token that passed; anything else thrown fails the property. */
async function refusal(idToken: string): Promise<string | null> {
  try {
    await validateIdToken({ idToken, accessToken: 'tok', expected }, metadata, jwks)
    return null
  } catch (error) {
    expect(error).toBeInstanceOf(SpatioAuthError)
    return (error as SpatioAuthError).code
  }
}

it('accepts the token that the others are made from', async () => {
  expect(await refusal(await sign(GOOD))).toBeNull()
})

it('accepts no id_token of which one character was changed, removed or added', async () => {
  const good = await sign(GOOD)
  const edit = fc.tuple(fc.nat(good.length - 1), fc.string({ maxLength: 2 }), fc.boolean())
  await fc.assert(
    fc.asyncProperty(edit, async ([at, text, isKept]) => {
      const changed = good.slice(0, at) + text + good.slice(isKept ? at : at + 1)
      fc.pre(changed !== good)
      expect(await refusal(changed)).not.toBeNull()
    }),
    runs(300),
  )
})

it('accepts no text that is not a token', async () => {
  const part = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
      expect(await refusal(parts.join('.'))).not.toBeNull()
    }),
    runs(300),
  )
})

it('accepts no validly signed token with another value in a claim that matters', async () => {
  const nothingLike = (name: string, value: unknown): boolean => {
    if (name === 'sub') return typeof value !== 'string' || value === '' || value.length > 255
    if (name === 'exp' || name === 'iat')
      return typeof value !== 'number' || value < NOW - 660 || value > NOW + 3600
    if (name === 'aud') return JSON.stringify(value) !== '["app"]' && value !== CLIENT_ID
    return value !== GOOD[name]
  }
  const change = fc.tuple(fc.constantFrom('iss', 'aud', 'sub', 'nonce', 'iat', 'exp', 'azp'), fc.jsonValue())
  await fc.assert(
    fc.asyncProperty(change, async ([name, value]) => {
      fc.pre(nothingLike(name, value) && !(name === 'exp' && typeof value === 'number' && value > NOW))
      expect(await refusal(await sign({ ...GOOD, [name]: value }))).not.toBeNull()
    }),
    runs(300),
  )
})

it('reads any answer of the token endpoint without an exception, and copies nothing of a wrong type', () => {
  const member = fc.oneof(fc.string(), fc.jsonValue(), fc.constantFrom('Bearer', 'tok_1', 3600))
  const names = [
    'access_token',
    'token_type',
    'refresh_token',
    'id_token',
    'scope',
    'expires_in',
    'error',
    '__proto__',
  ]
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.dictionary(fc.constantFrom(...names), member).map((value) => JSON.stringify(value)),
    fc
      .record({
        access_token: fc.constant('tok_1'),
        token_type: fc.constant('Bearer'),
        expires_in: member,
        scope: member,
      })
      .map((value) => JSON.stringify(value)),
  )
  fc.assert(
    fc.property(
      body,
      fc.integer({ min: 200, max: 599 }),
      fc.constantFrom('application/json', 'text/html'),
      (text, status, type) => {
        const result = processTokenResponse({
          kind: 'answer',
          status,
          headers: new Headers({ 'content-type': type }),
          body: text,
          secrets: ['tok_1'],
        })
        if (result.kind === 'refused') return void expect(result.error).toBeInstanceOf(SpatioAuthError)
        const { accessToken, refreshToken, idToken, scope, expiresIn } = result.tokens
        expect([status, type]).toEqual([200, 'application/json'])
        expect(accessToken).toMatch(/^[\w.~+/-]+=*$/)
        for (const optional of [refreshToken, idToken, scope])
          expect(optional === null || typeof optional === 'string').toBe(true)
        expect(expiresIn === null || (expiresIn > 0 && expiresIn < 400 * 86_400)).toBe(true)
      },
    ),
    runs(1000),
  )
})
