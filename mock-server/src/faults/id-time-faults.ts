import type { IdTokenClaims } from '../pipeline/pipeline.js'
import { codeGrant, createClaimFault, omitClaim, type ClaimFault } from './claim-fault.js'

/** Names of the faults in the times of an id_token. */
type IdTimeFaultName =
  | 'id.exp.past'
  | 'id.exp.missing'
  | 'id.exp.string'
  | 'id.exp.millis'
  | 'id.iat.missing'
  | 'id.iat.future'
  | 'id.iat.week-old'
  | 'id.nbf.future'
  | 'id.auth_time.missing'
  | 'id.auth_time.too-old'
  | 'tolerate.id.skew-30s'

/** Faults in the times of an id_token. */
export type IdTimeFaults = Record<IdTimeFaultName, ClaimFault>

const core = 'OIDC Core 3.1.3.7'

/** What is wrong in when an id_token is valid. Every time is counted from its iat, in seconds. */
export const idTimeFaults: IdTimeFaults = {
  'id.exp.past': createClaimFault(
    { summary: 'expired an hour ago', expect: 'reject', spec: `${core} (9)`, case: 'IDT-14' },
    (claims) => ({ ...claims, exp: getIat(claims) - 3_600 }),
  ),
  'id.exp.missing': createClaimFault(
    { summary: 'exp is missing', expect: 'reject', spec: 'OIDC Core 2', case: 'IDT-13' },
    (claims) => omitClaim(claims, 'exp'),
  ),
  'id.exp.string': createClaimFault(
    { summary: 'exp is text', expect: 'reject', spec: 'RFC 7519 4.1.4', case: 'IDT-15' },
    (claims) => ({ ...claims, exp: String(claims['exp']) }),
  ),
  'id.exp.millis': createClaimFault(
    { summary: 'exp in milliseconds', expect: 'either', spec: 'RFC 7519 2', case: 'IDT-15' },
    (claims) => ({ ...claims, exp: Number(claims['exp']) * 1000 }),
  ),
  'id.iat.missing': createClaimFault(
    { summary: 'iat is missing', expect: 'reject', spec: 'OIDC Core 2', case: 'IDT-10', oidf: 'missing-iat' },
    (claims) => omitClaim(claims, 'iat'),
  ),
  'id.iat.future': createClaimFault(
    { summary: 'issued ten minutes from now', expect: 'reject', spec: `${core} (10)`, case: 'IDT-11' },
    (claims) => ({ ...claims, iat: getIat(claims) + 600 }),
  ),
  'id.iat.week-old': createClaimFault(
    {
      summary: 'issued a week ago',
      expect: 'reject',
      spec: `${core} (10)`,
      case: 'IDT-12',
      oidf: 'iat-is-week-in-past',
    },
    (claims) => ({ ...claims, iat: getIat(claims) - 604_800 }),
    codeGrant,
  ),
  'id.nbf.future': createClaimFault(
    { summary: 'not valid for another hour', expect: 'reject', spec: 'RFC 7519 4.1.5', case: 'IDT-16' },
    (claims) => ({ ...claims, nbf: getIat(claims) + 3_600 }),
  ),
  'id.auth_time.missing': createClaimFault(
    {
      summary: 'auth_time is missing (matters with max_age)',
      expect: 'reject',
      spec: 'OIDC Core 2',
      case: 'IDT-31',
    },
    (claims) => omitClaim(claims, 'auth_time'),
    codeGrant,
  ),
  'id.auth_time.too-old': createClaimFault(
    {
      summary: 'signed in a day ago (matters with max_age)',
      expect: 'reject',
      spec: `${core} (13)`,
      case: 'IDT-32',
    },
    (claims) => ({ ...claims, auth_time: getIat(claims) - 86_400 }),
    codeGrant,
  ),
  'tolerate.id.skew-30s': createClaimFault(
    { summary: 'issued thirty seconds from now', expect: 'tolerate', spec: `${core} (10)`, case: 'IDT-11' },
    (claims) => ({ ...claims, iat: getIat(claims) + 30 }),
  ),
}

function getIat(claims: IdTokenClaims): number {
  return Number(claims['iat'])
}
