import { caseTest } from '@spatio-labs/cases'
import { base64url, decodeJwt, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose'
import { expect } from 'vitest'
import { answerEndpoint, changeEndpoint } from './kit/forge.js'
import { signInBesideSession, type Observed } from './kit/observe.js'
import { World } from './kit/world.js'

const JWKS = '/jwks.json'

caseTest('IDT-23', 'refuses every ES256 signature that is not the 64 right bytes', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const key: JWK = { ...(await exportJWK(publicKey)), kid: 'ec', use: 'sig', alg: 'ES256' }
  const signInWith = async (change: (signature: Uint8Array) => Uint8Array): Promise<Observed> => {
    const es256 = { id_token_signing_alg_values_supported: ['ES256'] }
    const world = new World().prepare(
      changeEndpoint('/openid-configuration', (body) => ({ ...body, ...es256 })),
      answerEndpoint(JWKS, () => Response.json({ keys: [key] })),
      changeEndpoint('/oauth2/token', async (body) => {
        const [, payload = ''] = String(body['id_token']).split('.')
        const claims = { ...decodeJwt(String(body['id_token'])), at_hash: undefined }
        const token = await new SignJWT(claims)
          .setProtectedHeader({ alg: 'ES256', kid: 'ec' })
          .sign(privateKey)
        const [head = '', content = '', signature = ''] = token.split('.')
        expect(payload).not.toBe('')
        return {
          ...body,
          id_token: `${head}.${content}.${base64url.encode(change(base64url.decode(signature)))}`,
        }
      }),
    )
    return signInBesideSession(world)
  }
  expect(await signInWith((signature) => signature)).toEqual({ kind: 'accept' })
  const wrong: ((signature: Uint8Array) => Uint8Array)[] = [
    (signature) => signature.map((byte, index) => (index === 5 ? byte ^ 1 : byte)),
    (signature) => signature.slice(0, 63),
    (signature) => Uint8Array.from([...signature, 0]),
    () => new Uint8Array(64),
    // The same two numbers in DER.
    (signature) =>
      Uint8Array.from([
        0x30,
        0x44,
        0x02,
        0x20,
        ...signature.slice(0, 32),
        0x02,
        0x20,
        ...signature.slice(32),
      ]),
  ]
  const outcomes: Observed[] = []
  for (const change of wrong) outcomes.push(await signInWith(change))
  const [first] = outcomes
  for (const outcome of outcomes) expect(outcome).toEqual(first)
  return first
})
