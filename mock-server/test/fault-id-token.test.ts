import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import type { IdClaimFaults } from '../src/faults/id-claim-faults.js'
import type { IdSignatureFaults } from '../src/faults/id-signature-faults.js'
import type { IdTimeFaults } from '../src/faults/id-time-faults.js'
import type { FaultName } from '../src/index.js'
import { createMock, readTokens, redeem, getCode, send, signIn, startOfTime } from './support/flow.js'
import { diffClaims, expectStruck, signInWith, type TokenParts } from './support/fault-run.js'

const issuer = 'http://127.0.0.1:4400'
const stranger = 'https://someone-else.example'
const now = startOfTime / 1000

/** What each fault changes in the claims: nothing else may differ. */
const claimChanges: Record<Exclude<keyof IdClaimFaults | keyof IdTimeFaults, 'id.absent'>, object> = {
  'id.nonce.wrong': { nonce: 'n-1x' },
  'id.nonce.missing': { nonce: undefined },
  'id.nonce.unrequested': { nonce: 'nobody-asked' },
  'id.iss.wrong': { iss: stranger },
  'id.iss.missing': { iss: undefined },
  'id.iss.trailing-slash': { iss: `${issuer}/` },
  'id.iss.case': { iss: issuer.toUpperCase() },
  'id.aud.wrong': { aud: 'appx' },
  'id.aud.missing': { aud: undefined },
  'id.aud.extra-untrusted': { aud: ['app', stranger], azp: 'app' },
  'id.azp.mismatch': { azp: stranger },
  'id.azp.missing-multi-aud': { aud: ['app', stranger] },
  'id.sub.missing': { sub: undefined },
  'id.sub.empty': { sub: '' },
  'id.sub.too-long': { sub: 'x'.repeat(256) },
  'id.at_hash.wrong': { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' },
  'id.acr.lower': { acr: '0' },
  'id.claim.duplicate-member': { sub: 'usr_someone_else' },
  'id.claim.set': { sub: undefined },
  'id.claim.delete': { sub: undefined },
  'id.claim.append': { aud: ['app', stranger] },
  'id.exp.past': { exp: now - 3_600 },
  'id.exp.missing': { exp: undefined },
  'id.exp.string': { exp: String(now + 3_600) },
  'id.exp.millis': { exp: (now + 3_600) * 1_000 },
  'id.iat.missing': { iat: undefined },
  'id.iat.future': { iat: now + 600 },
  'id.iat.week-old': { iat: now - 604_800 },
  'id.nbf.future': { nbf: now + 3_600 },
  'id.auth_time.missing': { auth_time: undefined },
  'id.auth_time.too-old': { auth_time: now - 86_400 },
  'tolerate.id.aud-array': { aud: ['app'] },
  'tolerate.id.extra-claims': { 'https://spatio.example/plan': { seats: [1, 2] }, jti: 'x', amr: ['pwd'] },
  'tolerate.id.unicode-claims': { name: 'Ünïcødé 例え 🧑🏽‍🚀' },
  'tolerate.id.skew-30s': { iat: now + 30 },
}

/** Whether the token's signature verifies by the published keys. */
async function isValidlySigned(idToken: string, mock = createMock(), alg = 'RS256'): Promise<boolean> {
  const jwks = (await (await send(mock, '/.well-known/jwks.json')).json()) as JSONWebKeySet
  return compactVerify(idToken, createLocalJWKSet(jwks), { algorithms: [alg] }).then(
    () => true,
    () => false,
  )
}

describe('a fault in the claims', () => {
  it.each(Object.entries(claimChanges) as [FaultName, object][])(
    '%s changes just that',
    async (name, changes) => {
      const plain = await signIn(createMock())
      const { mock, tokens, claims } = await signInWith(name)
      const { at_hash, ...rest } = diffClaims(plain.id_token, claims)
      expect(at_hash).toBeDefined()
      expect('at_hash' in changes ? { at_hash } : rest).toEqual(changes)
      expect(await isValidlySigned(tokens.id_token)).toBe(true)
      expectStruck(mock, name)
    },
  )

  it('id.absent leaves the id_token out and nothing else', async () => {
    const mock = createMock()
    const code = await getCode(mock)
    mock.fault('id.absent')
    const answer = await readTokens(await redeem(mock, code))
    expect(Object.keys(answer).sort()).toEqual([
      'access_token',
      'expires_in',
      'refresh_token',
      'scope',
      'token_type',
    ])
  })

  it('id.azp.mismatch has several audiences when told, id.claim.* take any claim', async () => {
    const { claims } = await signInWith('id.azp.mismatch', { audiences: 'several' })
    expect(claims).toMatchObject({ aud: ['app', stranger], azp: stranger })
    expect((await signInWith('id.claim.set', { name: 'acr', value: 7 })).claims['acr']).toBe(7)
    expect((await signInWith('id.claim.delete', { name: 'name' })).claims).not.toHaveProperty('name')
  })

  it('id.claim.duplicate-member says the claim twice', async () => {
    const { idToken } = await signInWith('id.claim.duplicate-member')
    const payload = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()
    expect(payload.match(/"sub":/g)).toHaveLength(2)
  })
})

type SignatureCheck = (token: TokenParts) => unknown

/** What each fault does to the form: an assertion on the token. None of them verifies but those that say so. */
const formChecks: Record<keyof IdSignatureFaults, SignatureCheck> = {
  'id.sig.tampered': ({ header }) => expect(header).toMatchObject({ alg: 'RS256' }),
  'id.sig.other-key': ({ header }) => expect(header['kid']).toBe('spatio-mock-public-do-not-trust-1'),
  'id.sig.empty': ({ idToken }) => expect(idToken).toMatch(/^[\w-]+\.[\w-]+\.$/),
  'id.alg.none': ({ idToken, header }) => expect([header['alg'], idToken.at(-1)]).toEqual(['none', '.']),
  'id.alg.NoNe-case': ({ idToken, header }) => expect([header['alg'], idToken.at(-1)]).toEqual(['NoNe', '.']),
  'id.alg.hs256-pubkey': ({ header }) => expect(header['alg']).toBe('HS256'),
  'id.alg.es256-unexpected': ({ header }) => expect(header['alg']).toBe('ES256'),
  'id.alg.header-missing': ({ header }) => expect(header).not.toHaveProperty('alg'),
  'id.crit.unknown': ({ header }) => expect(header['crit']).toEqual(['urn:example:unknown']),
  'id.header.jwk-embedded': ({ header }) => expect(header['jwk']).toMatchObject({ kty: 'RSA' }),
  'id.header.jku-foreign': ({ header }) => expect(header['jku']).toBe(`${stranger}/jwks.json`),
  'id.typ.at+jwt': ({ header }) => expect(header['typ']).toBe('at+jwt'),
  'id.not-a-jwt': ({ idToken }) => expect(idToken).not.toContain('.'),
  'id.base64.padding': ({ idToken }) => expect(idToken).toMatch(/==$/),
  'id.jwe': ({ idToken }) => expect(idToken.split('.')).toHaveLength(5),
  'id.header.set': ({ header }) => expect(header).not.toHaveProperty('typ'),
}

it('id.alg.es256-unexpected verifies by the published keys, for a client that asks for no algorithm', async () => {
  const { mock, idToken, header } = await signInWith('id.alg.es256-unexpected')
  expect(await isValidlySigned(idToken, mock)).toBe(false)
  expect(await isValidlySigned(idToken, mock, 'ES256')).toBe(true)
  const metadata: unknown = await (await send(mock, '/.well-known/openid-configuration')).json()
  expect(metadata).toMatchObject({ id_token_signing_alg_values_supported: ['RS256'] })
  const { keys } = (await (await send(mock, '/.well-known/jwks.json')).json()) as JSONWebKeySet
  expect(keys.map(({ kid, alg }) => [kid, alg])).toEqual([
    ['spatio-mock-public-do-not-trust-1', 'RS256'],
    [header['kid'], 'ES256'],
  ])
  expect(keys.flatMap((key) => Object.keys(key))).not.toContain('d')
})

// jose decodes a padded signature; a strict client does not.
const validlySigned: readonly string[] = ['id.typ.at+jwt', 'id.header.set', 'id.base64.padding']

describe('a fault in the form', () => {
  it.each(Object.entries(formChecks) as [FaultName, SignatureCheck][])(
    '%s is what it says',
    async (name, check) => {
      const plain = await signIn(createMock())
      const { mock, idToken, header, claims } = await signInWith(name)
      check({ idToken, header, claims })
      expect(await isValidlySigned(idToken)).toBe(validlySigned.includes(name))
      // The claims are as they were wherever they can be read.
      if (name !== 'id.not-a-jwt' && name !== 'id.jwe') {
        expect(Object.keys(diffClaims(plain.id_token, claims))).toEqual(['at_hash'])
      }
      expectStruck(mock, name)
    },
  )
})
