import { base64url, CompactEncrypt } from 'jose'
import type { SigningKey } from '../keys/signing-key.js'
import type { SignedIdToken, UnsignedIdToken } from '../pipeline/pipeline.js'
import type { ResponseDraft } from '../pipeline/response-draft.js'
import { toSigningInput } from '../protocol/signing-input.js'
import { anyToken, stranger } from './claim-fault.js'
import { createFault, createTunableFault, type Fault, type FaultContext, type NoParameters } from './fault.js'
import { jwksDocument, withKeys } from './jwks-document-faults.js'

type SignatureFault = Fault<'signature', NoParameters>
type HeaderFault = Fault<'header', NoParameters>

/** Faults in the signature and the form of an id_token. */
export interface IdSignatureFaults {
  'id.sig.tampered': SignatureFault
  'id.sig.other-key': HeaderFault
  'id.sig.empty': SignatureFault
  'id.alg.none': SignatureFault
  'id.alg.NoNe-case': SignatureFault
  'id.alg.hs256-pubkey': SignatureFault
  'id.alg.es256-unexpected': SignatureFault
  'id.alg.header-missing': HeaderFault
  'id.crit.unknown': HeaderFault
  'id.header.jwk-embedded': HeaderFault
  'id.header.jku-foreign': HeaderFault
  'id.typ.at+jwt': HeaderFault
  'id.not-a-jwt': SignatureFault
  'id.base64.padding': SignatureFault
  'id.jwe': SignatureFault
  /** Sets any header member; the token is signed with it. */
  'id.header.set': Fault<'header', { name: string; value: unknown }>
}

const validation = 'OIDC Core 3.1.3.7'

/** What is wrong in how an id_token is signed and written. */
export const idSignatureFaults: IdSignatureFaults = {
  'id.sig.tampered': createFault(
    'signature',
    anyToken,
    {
      summary: 'a signature with one bit changed',
      expect: 'reject',
      spec: `${validation} (6)`,
      case: 'IDT-22',
      oidf: 'invalid-sig-rs256',
      budget: 1,
    },
    (token) => withSignature(token, flipBit(token.compact)),
  ),
  'id.sig.other-key': createFault(
    'header',
    anyToken,
    {
      summary: "another key's signature under the right kid",
      expect: 'reject',
      spec: `${validation} (6)`,
      case: 'IDT-22',
      budget: 1,
    },
    async (token, { authority }) => ({ ...token, key: await authority.keys.unpublished() }),
  ),
  'id.sig.empty': createFault(
    'signature',
    anyToken,
    { summary: 'no signature', expect: 'reject', spec: 'RFC 7515 5.2', case: 'IDT-22', budget: 1 },
    (token) => withSignature(token, ''),
  ),
  'id.alg.none': createFault(
    'signature',
    anyToken,
    { summary: 'alg none, unsigned', expect: 'reject', spec: 'RFC 8725 3.1', case: 'IDT-19' },
    (token) => unsigned(token, 'none'),
  ),
  'id.alg.NoNe-case': createFault(
    'signature',
    anyToken,
    { summary: 'alg NoNe, unsigned', expect: 'reject', spec: 'RFC 8725 3.1', case: 'IDT-19' },
    (token) => unsigned(token, 'NoNe'),
  ),
  'id.alg.hs256-pubkey': createFault(
    'signature',
    anyToken,
    { summary: 'HS256 keyed with the public key', expect: 'reject', spec: 'RFC 8725 2.1', case: 'IDT-20' },
    signByPublicKey,
  ),
  'id.alg.es256-unexpected': createFault(
    'signature',
    anyToken,
    {
      summary: 'ES256 by a listed key, never announced',
      expect: 'reject',
      spec: `${validation} (7)`,
      case: 'IDT-21',
      budget: 1,
    },
    signByEllipticCurve,
  ),
  'id.alg.header-missing': createFault(
    'header',
    anyToken,
    { summary: 'a header without alg', expect: 'reject', spec: 'RFC 7515 4.1.1', case: 'IDT-29' },
    (token) => ({ ...token, header: { typ: 'JWT', kid: token.key.kid } }),
  ),
  'id.crit.unknown': createFault(
    'header',
    anyToken,
    { summary: 'a critical header nobody knows', expect: 'reject', spec: 'RFC 7515 4.1.11', case: 'IDT-26' },
    (token) => withHeader(token, { crit: ['urn:example:unknown'], 'urn:example:unknown': true }),
  ),
  'id.header.jwk-embedded': createFault(
    'header',
    anyToken,
    {
      summary: "a forger's key in the header",
      expect: 'reject',
      spec: 'RFC 8725 3.5',
      case: 'IDT-25',
      budget: 1,
    },
    async (token, { authority }) => {
      const key: SigningKey = await authority.keys.unpublished()
      return { ...withHeader(token, { jwk: key.publicJwk }), key }
    },
  ),
  'id.header.jku-foreign': createFault(
    'header',
    anyToken,
    {
      summary: "a URL of a forger's keys in the header",
      expect: 'reject',
      spec: 'RFC 8725 3.10',
      case: 'IDT-25',
      budget: 1,
    },
    async (token, { authority }) => {
      const key: SigningKey = await authority.keys.unpublished()
      return { ...withHeader(token, { jku: `${stranger}/jwks.json`, kid: key.kid }), key }
    },
  ),
  'id.typ.at+jwt': createFault(
    'header',
    anyToken,
    { summary: 'the type of an access token', expect: 'reject', spec: 'RFC 8725 3.11', case: 'IDT-27' },
    (token) => withHeader(token, { typ: 'at+jwt' }),
  ),
  'id.not-a-jwt': createFault(
    'signature',
    anyToken,
    { summary: 'text that is no JWT', expect: 'reject', spec: 'RFC 7519 7.2', case: 'IDT-29' },
    (token) => ({ ...token, compact: 'this is not a JWT' }),
  ),
  'id.base64.padding': createFault(
    'signature',
    anyToken,
    { summary: 'a padded signature', expect: 'reject', spec: 'RFC 7515 2', case: 'IDT-24' },
    (token) => ({ ...token, compact: `${token.compact}==` }),
  ),
  'id.jwe': createFault(
    'signature',
    anyToken,
    { summary: 'an encrypted token', expect: 'reject', spec: 'OIDC Core 10.2', case: 'IDT-28' },
    async (token) => ({ ...token, compact: await encrypt(token.compact) }),
  ),
  'id.header.set': createTunableFault(
    'header',
    anyToken,
    { summary: 'a header member of your choice', expect: 'either', spec: 'RFC 7515 4' },
    { name: 'typ', value: undefined },
    (token, { parameters: { name, value } }) => withHeader(token, { [name]: value }),
  ),
}

/** The token with header members added or replaced. */
export function withHeader(token: UnsignedIdToken, members: Record<string, unknown>): UnsignedIdToken {
  return { ...token, header: { ...token.header, ...members } }
}

function withSignature(token: SignedIdToken, signature: string): SignedIdToken {
  const [header = '', payload = ''] = token.compact.split('.')
  return { ...token, compact: `${header}.${payload}.${signature}` }
}

function flipBit(compact: string): string {
  const signature = base64url.decode(compact.split('.')[2] ?? '')
  return base64url.encode(signature.map((byte, index) => (index === 0 ? byte ^ 1 : byte)))
}

function unsigned(token: SignedIdToken, alg: string): SignedIdToken {
  return { ...token, compact: `${toSigningInput({ ...token.header, alg }, token.payload)}.` }
}

async function signByPublicKey(token: SignedIdToken): Promise<SignedIdToken> {
  const input = toSigningInput({ ...token.header, alg: 'HS256' }, token.payload)
  const secret = new TextEncoder().encode(JSON.stringify(token.key.publicJwk))
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(input))
  return { ...token, compact: `${input}.${base64url.encode(new Uint8Array(signature))}` }
}

/** The signature is as good as the set says: only the algorithm is one that was never announced. */
async function signByEllipticCurve(
  token: SignedIdToken,
  { followWith }: FaultContext<NoParameters>,
): Promise<SignedIdToken> {
  const kid = 'spatio-mock-es256-do-not-trust'
  const input = toSigningInput({ ...token.header, alg: 'ES256', kid }, token.payload)
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  const listsIt = (draft: ResponseDraft): ResponseDraft =>
    withKeys(draft, (keys) => [...keys, { kty, use: 'sig', alg: 'ES256', kid, crv, x, y }])
  followWith({ stage: 'body', scope: jwksDocument, times: 'always', change: listsIt })
  const signature = await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(input))
  return { ...token, compact: `${input}.${base64url.encode(new Uint8Array(signature))}` }
}

function encrypt(compact: string): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(compact))
    .setProtectedHeader({ alg: 'dir', enc: 'A128GCM', cty: 'JWT' })
    .encrypt(crypto.getRandomValues(new Uint8Array(16)))
}
