import { decodeProtectedHeader, jwtVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import type { JwksDocumentFaults } from '../src/faults/jwks-document-faults.js'
import type { JwksSigningFaults } from '../src/faults/jwks-signing-faults.js'
import type { FaultName, MockServer } from '../src/index.js'
import { createMock, startOfTime } from './support/flow.js'
import { expectStruck, readDocument, signInWith } from './support/fault-run.js'

const path = '/.well-known/jwks.json'
const firstKid = 'spatio-mock-public-do-not-trust-1'

type Key = Record<string, unknown>
type DocumentCheck = (keys: Key[], answer: { response: Response; text: string }) => unknown

const documentChecks: Record<keyof JwksDocumentFaults, DocumentCheck> = {
  'jwks.empty': (keys) => expect(keys).toEqual([]),
  'jwks.duplicate-kid': ([wrong, right, ...rest]) => {
    expect([wrong?.['kid'], right?.['kid'], rest]).toEqual([firstKid, firstKid, []])
    expect(wrong?.['n']).not.toBe(right?.['n'])
  },
  'jwks.wrong-use': ([key]) => expect(key).toMatchObject({ use: 'enc', kid: firstKid }),
  'jwks.wrong-kty': ([key]) => expect(key).toMatchObject({ kty: 'EC', kid: firstKid }),
  'jwks.contains-oct': (keys) => expect(keys.map((key) => key['kty'])).toEqual(['oct', 'RSA']),
  'jwks.private-members': ([key]) =>
    expect(key).toMatchObject({ kid: firstKid, d: expect.any(String) as string }),
  'jwks.500': (_keys, { response }) => expect(response.status).toBe(500),
  'jwks.html-200': (_keys, { response, text }) => {
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(text).toContain('<!doctype html>')
  },
  'jwks.huge': (keys) => expect(keys).toHaveLength(10_001),
  'jwks.kid-stripped': ([key]) => expect(key).not.toHaveProperty('kid'),
  'jwks.cache-control': ([key], { response }) =>
    expect([response.headers.get('cache-control'), key?.['kid']]).toEqual(['no-store', firstKid]),
  'tolerate.jwks.alg-stripped': ([key]) =>
    expect(Object.keys(key ?? {})).toEqual(['kty', 'use', 'kid', 'n', 'e']),
  'tolerate.jwks.enc-key-beside': (keys) => expect(keys.map((key) => key['use'])).toEqual(['enc', 'sig']),
  'tolerate.jwks.unknown-kty': (keys) => expect(keys.map((key) => key['kty'])).toEqual(['AKP', 'RSA']),
}

describe('a fault in the list of keys', () => {
  it.each(Object.entries(documentChecks) as [FaultName, DocumentCheck][])(
    '%s is what it says, once',
    async (name, check) => {
      const mock = createMock()
      mock.fault(name)
      const answer = await readDocument(mock, path)
      const isList = answer.response.status === 200 && answer.text.startsWith('{')
      check(isList ? (JSON.parse(answer.text) as { keys: Key[] }).keys : [], answer)
      expectStruck(mock, name)
      const { keys } = JSON.parse((await readDocument(mock, path)).text) as { keys: Key[] }
      expect(keys.map((key) => key['kid'])).toEqual([firstKid])
    },
  )
})

it.each(['jwks.private-members', 'jwks.duplicate-kid'] as const)(
  '%s is what it says however often the keys were rotated',
  async (name) => {
    const mock = createMock({ seed: 'x' })
    for (let rotations = 0; rotations < 4; rotations += 1) {
      mock.fault(name)
      const { keys } = JSON.parse((await readDocument(mock, path)).text) as { keys: Key[] }
      const [first, second] = keys
      if (name === 'jwks.private-members') {
        for (const key of keys) expect(key).toMatchObject({ d: expect.any(String) as string })
      } else {
        expect(first?.['kid']).toBe(second?.['kid'])
        expect(first?.['n']).not.toBe(second?.['n'])
      }
      await mock.keys.rotate({ retire: 'keep' })
    }
  },
)

/** Whether the id_token verifies by the set as it is fetched now. */
async function isVerifiable(mock: MockServer, idToken: string): Promise<boolean> {
  const jwks = JSON.parse((await readDocument(mock, path)).text) as JSONWebKeySet
  const keys = createLocalJWKSet(jwks)
  return jwtVerify(idToken, keys, { currentDate: new Date(startOfTime) }).then(
    () => true,
    () => false,
  )
}

/** The kid in the header, and whether the token verifies by the first and by the second fetch of the set. */
const signingOutcomes: Record<
  keyof JwksSigningFaults,
  [kid: RegExp | undefined, first: boolean, second: boolean]
> = {
  'jwks.kid.unknown': [/unpublished/, false, false],
  'jwks.rotated': [/trust-2$/, true, true],
  'jwks.rotated-before-publish': [/trust-2$/, false, true],
  'jwks.retired-key-signs': [/trust-1$/, true, true],
  'jwks.dropped-key-signs': [/trust-1$/, false, false],
  'jwks.kid-absent.single': [undefined, true, true],
  // jose wants one candidate; which of the two signed is for the client to try.
  'jwks.kid-absent.multiple': [undefined, false, false],
  // jose refuses keys of fewer than 2048 bits.
  'jwks.weak-rsa-1024': [/weak/, false, false],
  'jwks.refetch-storm': [/^unknown-/, false, false],
}

describe('a fault in the key that signs', () => {
  it.each(Object.entries(signingOutcomes) as [FaultName, [RegExp | undefined, boolean, boolean]][])(
    '%s is what it says',
    async (name, [kid, first, second]) => {
      const { mock, idToken } = await signInWith(name)
      const header = decodeProtectedHeader(idToken)
      if (kid) expect(header.kid).toMatch(kid)
      else expect(header).not.toHaveProperty('kid')
      expect([await isVerifiable(mock, idToken), await isVerifiable(mock, idToken)]).toEqual([first, second])
      expectStruck(mock, name)
    },
  )

  it('jwks.weak-rsa-1024 lists the weak key', async () => {
    const { mock } = await signInWith('jwks.weak-rsa-1024')
    const { keys } = JSON.parse((await readDocument(mock, path)).text) as { keys: Key[] }
    expect(Buffer.from(String(keys[0]?.['n']), 'base64url')).toHaveLength(128)
  })

  it('jwks.kid-absent.multiple signs with a listed key', async () => {
    const { mock } = await signInWith('jwks.kid-absent.multiple')
    expect(mock.keys.published()).toHaveLength(2)
  })

  it('jwks.refetch-storm gives every token a kid of its own', async () => {
    const kids = await Promise.all(
      [1, 2, 3].map(async () => (await signInWith('jwks.refetch-storm')).header['kid']),
    )
    expect(new Set(kids).size).toBe(3)
  })
})
