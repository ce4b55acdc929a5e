import { createPlatformKeyGenerator } from '../keys/key-generator.js'
import { createSigningKey } from '../keys/signing-key.js'
import type { UnsignedIdToken } from '../pipeline/pipeline.js'
import type { ResponseDraft } from '../pipeline/response-draft.js'
import { anyToken } from './claim-fault.js'
import { createFault, type Fault, type NoParameters } from './fault.js'
import { withHeader } from './id-signature-faults.js'
import { jwksDocument, withKeys } from './jwks-document-faults.js'

const generateWeakJwk = createPlatformKeyGenerator(crypto.subtle, 1024)

/** Names of the faults in which key signs. */
type JwksSigningFaultName =
  | 'jwks.kid.unknown'
  | 'jwks.rotated'
  | 'jwks.rotated-before-publish'
  | 'jwks.retired-key-signs'
  | 'jwks.dropped-key-signs'
  | 'jwks.kid-absent.single'
  | 'jwks.kid-absent.multiple'
  | 'jwks.weak-rsa-1024'
  | 'jwks.refetch-storm'

/** Faults in which key signs; they strike when an id_token is made. */
export type JwksSigningFaults = Record<JwksSigningFaultName, Fault<'header', NoParameters>>

/** What is wrong in the key behind an id_token. */
export const jwksSigningFaults: JwksSigningFaults = {
  'jwks.kid.unknown': createFault(
    'header',
    anyToken,
    {
      summary: 'a kid the set does not have',
      expect: 'reject',
      spec: 'OIDC Core 10.1',
      case: 'JWK-04',
      budget: 1,
    },
    async (token, { authority }) => {
      const key = await authority.keys.unpublished()
      return { ...withHeader(token, { kid: key.kid }), key }
    },
  ),
  'jwks.rotated': createFault(
    'header',
    anyToken,
    {
      summary: 'a new key signs, and the set has it',
      expect: 'tolerate',
      spec: 'OIDC Core 10.1.1',
      case: 'JWK-01',
      oidf: 'signing-key-rotation',
      budget: 1,
      // Only a browser has the HTTP cache that keeps the old set for five minutes.
      needs: 'browser',
    },
    async (token, { authority }) => {
      await authority.keys.rotate({ retire: 'keep' })
      return signedByActive(token, authority.keys.active())
    },
  ),
  'jwks.rotated-before-publish': createFault(
    'header',
    anyToken,
    {
      summary: 'a new key signs, and the next fetch of the set lacks it',
      expect: 'either',
      spec: 'OIDC Core 10.1.1',
      case: 'JWK-02',
      oidf: 'signing-key-rotation-just-before-signing',
      budget: 2,
    },
    async (token, { authority, followWith }) => {
      await authority.keys.rotate({ retire: 'keep' })
      const { kid } = authority.keys.active()
      const lacksIt = (draft: ResponseDraft): ResponseDraft =>
        withKeys(draft, (keys) => keys.filter((key) => key['kid'] !== kid))
      followWith({ stage: 'body', scope: jwksDocument, times: 1, change: lacksIt })
      return signedByActive(token, authority.keys.active())
    },
  ),
  'jwks.retired-key-signs': createFault(
    'header',
    anyToken,
    {
      summary: 'a retired key that is still listed signs',
      expect: 'tolerate',
      spec: 'OIDC Core 10.1.1',
      budget: 1,
    },
    async (token, { authority }) => {
      await authority.keys.rotate({ retire: 'keep' })
      return token
    },
  ),
  'jwks.dropped-key-signs': createFault(
    'header',
    anyToken,
    {
      summary: 'a key that was withdrawn signs',
      expect: 'reject',
      spec: 'OIDC Core 10.1.1',
      case: 'JWK-19',
      budget: 1,
    },
    async (token, { authority }) => {
      await authority.keys.rotate({ retire: 'drop' })
      return token
    },
  ),
  'jwks.kid-absent.single': createFault(
    'header',
    anyToken,
    {
      summary: 'a header without kid, one key',
      expect: 'tolerate',
      spec: 'OIDC Core 10.1',
      case: 'JWK-05',
      oidf: 'kid-absent-single-jwks',
    },
    (token) => withHeader(token, { kid: undefined }),
  ),
  'jwks.kid-absent.multiple': createFault(
    'header',
    anyToken,
    {
      summary: 'a header without kid, two keys',
      expect: 'either',
      spec: 'OIDC Core 10.1',
      case: 'JWK-06',
      oidf: 'kid-absent-multiple-jwks',
      budget: 1,
    },
    async (token, { authority }) => {
      await authority.keys.rotate({ retire: 'keep' })
      return { ...withHeader(token, { kid: undefined }), key: authority.keys.active() }
    },
  ),
  'jwks.weak-rsa-1024': createFault(
    'header',
    anyToken,
    {
      summary: 'a listed key of 1024 bits signs',
      expect: 'reject',
      spec: 'RFC 7518 3.3',
      case: 'JWK-13',
      budget: 1,
    },
    async (token, { followWith }) => {
      const jwk = await generateWeakJwk('spatio-mock-weak-do-not-trust')
      const key = createSigningKey(jwk)
      const listsIt = (draft: ResponseDraft): ResponseDraft =>
        withKeys(draft, (keys) => [{ ...key.publicJwk }, ...keys])
      followWith({ stage: 'body', scope: jwksDocument, times: 'always', change: listsIt })
      return signedByActive(token, key)
    },
  ),
  'jwks.refetch-storm': createFault(
    'header',
    anyToken,
    {
      summary: 'every token has a kid of its own (switch on with times: always)',
      expect: 'reject',
      spec: 'design',
      case: 'JWK-03',
      budget: 1,
    },
    async (token, { authority, exchange }) => {
      const kid = `unknown-${exchange.startedAt}-${String(Math.floor(authority.options.random(4)[0] ?? 0))}`
      return { ...withHeader(token, { kid }), key: await authority.keys.unpublished() }
    },
  ),
}

function signedByActive(token: UnsignedIdToken, key: UnsignedIdToken['key']): UnsignedIdToken {
  return { ...withHeader(token, { kid: key.kid }), key }
}
