import type { Authority } from '../authority.js'
import { shippedTestKeys, type PrivateSigningJwk } from '../keys/shipped-test-keys.js'
import { createSigningKey } from '../keys/signing-key.js'
import type { ResponseDraft } from '../pipeline/response-draft.js'
import {
  createFault,
  createTunableFault,
  type Fault,
  type FaultFacts,
  type FaultScope,
  type NoParameters,
} from './fault.js'
import { createErrorDraft, createHtmlDraft } from './fault-drafts.js'

type JwksFault = Fault<'body', NoParameters>

/** Names of the faults in the document. */
type JwksDocumentFaultName =
  | 'jwks.empty'
  | 'jwks.duplicate-kid'
  | 'jwks.wrong-use'
  | 'jwks.wrong-kty'
  | 'jwks.contains-oct'
  | 'jwks.private-members'
  | 'jwks.500'
  | 'jwks.html-200'
  | 'jwks.huge'
  | 'jwks.kid-stripped'
  | 'tolerate.jwks.alg-stripped'
  | 'tolerate.jwks.enc-key-beside'
  | 'tolerate.jwks.unknown-kty'

/** Faults in the document that lists the keys. */
export type JwksDocumentFaults = Record<JwksDocumentFaultName, JwksFault> & {
  /** `value`: the Cache-Control of the set. */
  'jwks.cache-control': Fault<'body', { value: string }>
}

/** A key as the document has it. */
export type Jwk = Record<string, unknown>

/** Where the keys are listed. */
export const jwksDocument: FaultScope = { endpoint: 'jwks' }

/** What is wrong in the list of keys. */
export const jwksDocumentFaults: JwksDocumentFaults = {
  'jwks.empty': createKeysFault(
    { summary: 'no keys', expect: 'reject', spec: 'RFC 7517 5', case: 'JWK-04', budget: 1 },
    () => [],
  ),
  'jwks.duplicate-kid': createKeysFault(
    {
      summary: 'two keys share a kid, the wrong one first',
      expect: 'tolerate',
      spec: 'RFC 7517 4.5',
      case: 'JWK-07',
      budget: 1,
    },
    (keys) => [{ ...someOtherKey(keys), kid: keys[0]?.['kid'] }, ...keys],
  ),
  'jwks.wrong-use': createKeysFault(
    {
      summary: 'the key is for encryption',
      expect: 'reject',
      spec: 'RFC 7517 4.2',
      case: 'JWK-09',
      budget: 1,
    },
    (keys) => keys.map((key) => ({ ...key, use: 'enc' })),
  ),
  'jwks.wrong-kty': createKeysFault(
    {
      summary: 'the key says it is of another type',
      expect: 'reject',
      spec: 'RFC 7517 4.1',
      case: 'JWK-10',
      budget: 1,
    },
    (keys) => keys.map((key) => ({ ...key, kty: 'EC' })),
  ),
  'jwks.contains-oct': createKeysFault(
    {
      summary: 'a symmetric key with the same kid',
      expect: 'either',
      spec: 'RFC 8725 2.1',
      case: 'JWK-11',
      budget: 1,
    },
    (keys) => [{ kty: 'oct', k: 'c3ltbWV0cmlj', alg: 'HS256', kid: keys[0]?.['kid'] }, ...keys],
  ),
  'jwks.private-members': createKeysFault(
    {
      summary: 'the private half of the key is published',
      expect: 'reject',
      spec: 'RFC 7517 9.2',
      case: 'JWK-13',
    },
    (keys, authority) => keys.map((key) => ({ ...findPrivateKey(key['kid'], authority), ...key })),
  ),
  'jwks.500': createFault(
    'body',
    jwksDocument,
    { summary: 'the set answers 500', expect: 'keep-session', spec: 'design', case: 'JWK-14', budget: 3 },
    () => createErrorDraft(500, 'server_error'),
  ),
  'jwks.html-200': createFault(
    'body',
    jwksDocument,
    {
      summary: 'a page instead of the set',
      expect: 'reject',
      spec: 'RFC 7517 8.5',
      case: 'JWK-16',
      budget: 1,
    },
    () => createHtmlDraft(200),
  ),
  'jwks.huge': createKeysFault(
    { summary: 'ten thousand keys', expect: 'reject', spec: 'design', case: 'JWK-16', budget: 1 },
    (keys) => [...Array.from({ length: 10_000 }, (_, index) => ({ ...keys[0], kid: `k${index}` })), ...keys],
  ),
  'jwks.kid-stripped': createKeysFault(
    { summary: 'the keys have no kid', expect: 'either', spec: 'RFC 7517 4.5', case: 'JWK-05', budget: 1 },
    (keys) => keys.map((key) => ({ ...key, kid: undefined })),
  ),
  'jwks.cache-control': createTunableFault(
    'body',
    jwksDocument,
    { summary: 'how long the set may be kept', expect: 'tolerate', spec: 'RFC 9111 5.2', budget: 1 },
    { value: 'no-store' },
    (draft, { parameters }) => {
      draft.headers.set('Cache-Control', parameters.value)
      return draft
    },
  ),
  'tolerate.jwks.alg-stripped': createKeysFault(
    { summary: 'the keys have no alg', expect: 'tolerate', spec: 'RFC 7517 4.4' },
    (keys) => keys.map((key) => ({ ...key, alg: undefined })),
  ),
  'tolerate.jwks.enc-key-beside': createKeysFault(
    { summary: 'a key for encryption before the good one', expect: 'tolerate', spec: 'RFC 7517 4.2' },
    (keys) => [{ ...someOtherKey(keys), use: 'enc', alg: 'RSA-OAEP', kid: 'enc' }, ...keys],
  ),
  'tolerate.jwks.unknown-kty': createKeysFault(
    {
      summary: 'a key of a type nobody knows beside the good one',
      expect: 'tolerate',
      spec: 'RFC 7517 5',
      case: 'JWK-12',
    },
    (keys) => [{ kty: 'AKP', alg: 'ML-DSA-44', kid: 'pq', pub: 'AA' }, ...keys],
  ),
}

function createKeysFault(facts: FaultFacts, change: (keys: Jwk[], authority: Authority) => Jwk[]): JwksFault {
  return createFault('body', jwksDocument, facts, (draft, { authority }) =>
    withKeys(draft, (keys) => change(keys, authority)),
  )
}

/** The document with its keys changed; an error that another fault has put in its place stays. */
export function withKeys(draft: ResponseDraft, change: (keys: Jwk[]) => Jwk[]): ResponseDraft {
  if (draft.body.kind !== 'json') return draft
  const { keys } = draft.body.value as { keys?: Jwk[] }
  if (!keys) return draft
  return { ...draft, body: { kind: 'json', value: { keys: change(keys) } } }
}

/** A key that does not sign. */
function someOtherKey(keys: readonly Jwk[]): Jwk {
  const jwk = shippedTestKeys.filter(({ kid }) => kid !== keys[0]?.['kid']).at(-1)
  return jwk ? { ...createSigningKey(jwk).publicJwk } : {}
}

function findPrivateKey(kid: unknown, { keys }: Authority): PrivateSigningJwk | undefined {
  const { active, retired } = keys.toState()
  return [active, ...retired.map(({ jwk }) => jwk)].find((jwk) => jwk.kid === kid)
}
