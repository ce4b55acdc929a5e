import { base64url } from 'jose'
import { expect, it } from 'vitest'
import { validateIdToken } from '../../src/protocol/id-token.js'
import { CLIENT_ID, ISSUER, METADATA } from '../kit/protocol-page.js'
import { refusal, refusalOf } from '../kit/refusal.js'
import { createSigner, GOOD, NONCE, sourceOf } from '../kit/signer.js'

const signer = await createSigner('k')
const expected = {
  issuer: ISSUER,
  clientId: CLIENT_ID,
  nonce: NONCE,
  isNonceOptional: false,
  maxAge: null,
  time: null,
}

/** A token of these bytes, validly signed, and how it was refused. */
async function refusalOfBytes(header: Uint8Array, payload: Uint8Array) {
  const idToken = await signer.signText(`${base64url.encode(header)}.${base64url.encode(payload)}`)
  const { jwks } = sourceOf([signer.jwk])
  return refusalOf(() => validateIdToken({ idToken, accessToken: 'tok_1', expected }, METADATA, jwks))
}

const toBytes = (members: object): Uint8Array => new TextEncoder().encode(JSON.stringify(members))
/** The same with a byte that no UTF-8 has: a decoder that mends reads a sign in its place, and good JSON. */
const withStrayByte = (members: object): Uint8Array =>
  toBytes({ ...members, name: '~' }).map((byte) => (byte === 0x7e ? 0xff : byte))

const HEADER = { alg: 'ES256', kid: 'k' }

it('reads a header and a payload in UTF-8', async () => {
  expect(await refusalOfBytes(toBytes(HEADER), toBytes({ ...GOOD, name: 'Zoë 🐙' }))).toBeNull()
})

it.each([
  ['header', withStrayByte(HEADER), toBytes(GOOD)],
  ['payload', toBytes(HEADER), withStrayByte(GOOD)],
])('refuses a %s that is no UTF-8, though the key is right', async (detail, header, payload) => {
  expect(await refusalOfBytes(header, payload)).toEqual(refusal('id_token', 'id_token_malformed', { detail }))
})
