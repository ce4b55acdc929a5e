import { anyToken, codeGrant, createClaimFault, omitClaim, stranger, type ClaimFault } from './claim-fault.js'
import { createFault, createTunableFault, type Fault, type NoParameters } from './fault.js'

/** Faults in what an id_token claims; each is signed validly. */
export interface IdClaimFaults {
  'id.nonce.wrong': ClaimFault
  'id.nonce.missing': ClaimFault
  'id.nonce.unrequested': ClaimFault
  'id.iss.wrong': ClaimFault
  'id.iss.missing': ClaimFault
  'id.iss.trailing-slash': ClaimFault
  'id.iss.case': ClaimFault
  'id.aud.wrong': ClaimFault
  'id.aud.missing': ClaimFault
  'id.aud.extra-untrusted': ClaimFault
  /** `audiences`: whether `aud` names one client or several. */
  'id.azp.mismatch': Fault<'claims', { audiences: 'one' | 'several' }>
  'id.azp.missing-multi-aud': ClaimFault
  'id.sub.missing': ClaimFault
  'id.sub.empty': ClaimFault
  'id.sub.too-long': ClaimFault
  'id.at_hash.wrong': ClaimFault
  'id.acr.lower': ClaimFault
  'id.claim.duplicate-member': Fault<'header', { name: string; value: unknown }>
  'id.absent': Fault<'state', NoParameters>
  /** Sets any claim. */
  'id.claim.set': Fault<'claims', { name: string; value: unknown }>
  /** Takes any claim out. */
  'id.claim.delete': Fault<'claims', { name: string }>
  /** Makes a list of a claim and adds to it. */
  'id.claim.append': Fault<'claims', { name: string; value: unknown }>
  'tolerate.id.aud-array': ClaimFault
  'tolerate.id.extra-claims': ClaimFault
  'tolerate.id.unicode-claims': ClaimFault
}

const core = 'OIDC Core 3.1.3.7'
const oneAudience: { audiences: 'one' | 'several' } = { audiences: 'one' }

/** What is wrong in whom an id_token is from, for and about. Times are in `id-time-faults.ts`. */
export const idClaimFaults: IdClaimFaults = {
  'id.nonce.wrong': createClaimFault(
    {
      summary: 'nonce is another',
      expect: 'reject',
      spec: `${core} (11)`,
      case: 'IDT-18',
      oidf: 'nonce-invalid',
    },
    (claims) => ({ ...claims, nonce: `${String(claims['nonce'] ?? '')}x` }),
    codeGrant,
  ),
  'id.nonce.missing': createClaimFault(
    { summary: 'nonce is missing', expect: 'reject', spec: `${core} (11)`, case: 'IDT-17' },
    (claims) => omitClaim(claims, 'nonce'),
    codeGrant,
  ),
  'id.nonce.unrequested': createClaimFault(
    { summary: 'a nonce nobody asked for', expect: 'either', spec: `${core} (11)` },
    (claims) => ({ ...claims, nonce: 'nobody-asked' }),
  ),
  'id.iss.wrong': createClaimFault(
    { summary: 'another issuer', expect: 'reject', spec: `${core} (2)`, case: 'IDT-01', oidf: 'invalid-iss' },
    (claims) => ({ ...claims, iss: stranger }),
  ),
  'id.iss.missing': createClaimFault(
    { summary: 'iss is missing', expect: 'reject', spec: 'OIDC Core 2', case: 'IDT-02' },
    (claims) => omitClaim(claims, 'iss'),
  ),
  'id.iss.trailing-slash': createClaimFault(
    { summary: 'the issuer with a slash', expect: 'reject', spec: `${core} (2)`, case: 'IDT-01' },
    (claims) => ({ ...claims, iss: `${String(claims['iss'])}/` }),
  ),
  'id.iss.case': createClaimFault(
    { summary: 'the issuer in upper case', expect: 'reject', spec: `${core} (2)`, case: 'IDT-01' },
    (claims) => ({ ...claims, iss: String(claims['iss']).toUpperCase() }),
  ),
  'id.aud.wrong': createClaimFault(
    {
      summary: 'another audience',
      expect: 'reject',
      spec: `${core} (3)`,
      case: 'IDT-03',
      oidf: 'invalid-aud',
    },
    (claims) => ({ ...claims, aud: `${String(claims['aud'])}x` }),
  ),
  'id.aud.missing': createClaimFault(
    { summary: 'aud is missing', expect: 'reject', spec: 'OIDC Core 2', case: 'IDT-04', oidf: 'missing-aud' },
    (claims) => omitClaim(claims, 'aud'),
  ),
  'id.aud.extra-untrusted': createClaimFault(
    { summary: 'an audience besides the client', expect: 'reject', spec: `${core} (3)`, case: 'IDT-06' },
    (claims) => ({ ...claims, aud: [claims['aud'], stranger], azp: claims['aud'] }),
  ),
  'id.azp.mismatch': createTunableFault(
    'claims',
    anyToken,
    { summary: 'azp is another client', expect: 'reject', spec: `${core} (5)`, case: 'IDT-08' },
    oneAudience,
    (claims, { parameters }) => ({
      ...claims,
      ...(parameters.audiences === 'several' ? { aud: [claims['aud'], stranger] } : {}),
      azp: stranger,
    }),
  ),
  'id.azp.missing-multi-aud': createClaimFault(
    { summary: 'several audiences and no azp', expect: 'reject', spec: `${core} (4)`, case: 'IDT-06' },
    (claims) => ({ ...claims, aud: [claims['aud'], stranger] }),
  ),
  'id.sub.missing': createClaimFault(
    { summary: 'sub is missing', expect: 'reject', spec: 'OIDC Core 2', case: 'IDT-09', oidf: 'missing-sub' },
    (claims) => omitClaim(claims, 'sub'),
  ),
  'id.sub.empty': createClaimFault(
    { summary: 'sub is empty', expect: 'reject', spec: 'OIDC Core 2', case: 'IDT-09' },
    (claims) => ({ ...claims, sub: '' }),
  ),
  'id.sub.too-long': createClaimFault(
    { summary: 'sub has 256 characters', expect: 'reject', spec: 'OIDC Core 2', case: 'IDT-09' },
    (claims) => ({ ...claims, sub: 'x'.repeat(256) }),
  ),
  'id.at_hash.wrong': createClaimFault(
    {
      summary: 'the hash of another access token',
      expect: 'reject',
      spec: 'OIDC Core 3.1.3.8',
      case: 'IDT-33',
    },
    (claims) => ({ ...claims, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }),
  ),
  'id.acr.lower': createClaimFault(
    { summary: 'a weaker authentication', expect: 'either', spec: `${core} (12)`, case: 'IDT-30' },
    (claims) => ({ ...claims, acr: '0' }),
  ),
  'id.claim.duplicate-member': createTunableFault(
    'header',
    anyToken,
    { summary: 'a claim twice, the second another', expect: 'either', spec: 'RFC 7519 4' },
    { name: 'sub', value: 'usr_someone_else' },
    (token, { parameters: { name, value } }) => {
      const again = `,${JSON.stringify(name)}:${JSON.stringify(value)}}`
      return { ...token, payload: token.payload.slice(0, -1) + again }
    },
  ),
  'id.absent': createFault(
    'state',
    codeGrant,
    {
      summary: 'no id_token although openid was granted',
      expect: 'reject',
      spec: 'OIDC Core 3.1.3.3',
      case: 'TOK-08',
    },
    (policy) => ({ ...policy, hasIdToken: false }),
  ),
  'id.claim.set': createTunableFault(
    'claims',
    anyToken,
    { summary: 'a claim of your choice', expect: 'either', spec: 'OIDC Core 2' },
    { name: 'sub', value: undefined },
    (claims, { parameters: { name, value } }) => ({ ...claims, [name]: value }),
  ),
  'id.claim.delete': createTunableFault(
    'claims',
    anyToken,
    { summary: 'without a claim of your choice', expect: 'either', spec: 'OIDC Core 2' },
    { name: 'sub' },
    (claims, { parameters }) => omitClaim(claims, parameters.name),
  ),
  'id.claim.append': createTunableFault(
    'claims',
    anyToken,
    { summary: 'one more value in a claim of your choice', expect: 'either', spec: 'OIDC Core 2' },
    { name: 'aud', value: stranger },
    (claims, { parameters: { name, value } }) => ({ ...claims, [name]: [claims[name], value].flat() }),
  ),
  'tolerate.id.aud-array': createClaimFault(
    {
      summary: 'aud as a list of one',
      expect: 'tolerate',
      spec: 'RFC 7519 4.1.3',
      case: 'IDT-05',
      oidf: 'valid-aud-as-array',
    },
    (claims) => ({ ...claims, aud: [claims['aud']] }),
  ),
  'tolerate.id.extra-claims': createClaimFault(
    { summary: 'claims nobody knows', expect: 'tolerate', spec: 'OIDC Core 2' },
    (claims) => ({ ...claims, 'https://spatio.example/plan': { seats: [1, 2] }, jti: 'x', amr: ['pwd'] }),
  ),
  'tolerate.id.unicode-claims': createClaimFault(
    { summary: 'a name in several scripts', expect: 'tolerate', spec: 'RFC 7519 2' },
    (claims) => ({ ...claims, name: 'Ünïcødé 例え 🧑🏽‍🚀' }),
  ),
}
