import { createErrorDraft } from './fault-drafts.js'
import { createClaimFault, stranger, type ClaimFault } from './claim-fault.js'
import { createFault, type Fault, type FaultScope, type NoParameters } from './fault.js'
import { createTokenErrorFault } from './token-faults.js'
import { createOfflineError } from './transport-error.js'

type RefreshAnswerFault = Fault<'request', NoParameters>

/** Faults in the refresh grant. */
export interface RefreshFaults {
  'refresh.invalid_grant': RefreshAnswerFault
  'refresh.reuse-detected': RefreshAnswerFault
  'refresh.not-rotated': Fault<'state', NoParameters>
  'refresh.rotated-response-lost': Fault<'transport', NoParameters>
  'refresh.id_token.other-sub': ClaimFault
  'refresh.id_token.other-iss': ClaimFault
  'refresh.id_token.other-aud': ClaimFault
  'refresh.id_token.other-azp': ClaimFault
  'refresh.id_token.new-nonce': ClaimFault
  'refresh.id_token.auth_time-changed': ClaimFault
  'refresh.id_token.absent': Fault<'state', NoParameters>
  'refresh.5xx': RefreshAnswerFault
  'refresh.offline': RefreshAnswerFault
  'refresh.access_denied-user-disabled': RefreshAnswerFault
}

const refreshGrant: FaultScope = { endpoint: 'token', grant: 'refresh_token' }
const core = 'OIDC Core 12.2'

/** What is wrong when a session is renewed. */
export const refreshFaults: RefreshFaults = {
  'refresh.invalid_grant': createTokenErrorFault('invalid_grant', refreshGrant, {
    expect: 'end-session',
    case: 'REF-09',
  }),
  'refresh.reuse-detected': createFault(
    'request',
    refreshGrant,
    {
      summary: 'the family is revoked, as after a theft',
      expect: 'end-session',
      spec: 'OAuth 2.1 4.3.1',
      case: 'REF-09',
    },
    (_request, { authority, exchange }) => {
      const refreshToken = authority.grants.getRefreshToken(exchange.form.get('refresh_token') ?? '')
      if (refreshToken) authority.grants.revokeGrant(refreshToken.grant.id)
      return { answer: createErrorDraft(400, 'invalid_grant') }
    },
  ),
  'refresh.not-rotated': createFault(
    'state',
    refreshGrant,
    {
      summary: 'no new refresh token; the old one lives on',
      expect: 'tolerate',
      spec: 'RFC 6749 6',
      case: 'REF-02',
    },
    (policy) => ({ ...policy, isRotating: false }),
  ),
  'refresh.rotated-response-lost': createFault(
    'transport',
    refreshGrant,
    {
      summary: 'rotated, and the answer is lost',
      expect: 'end-session',
      spec: 'OAuth 2.1 4.3.1',
      case: 'REF-07',
      budget: 1,
    },
    () => Promise.reject(createOfflineError()),
  ),
  'refresh.id_token.other-sub': createClaimFault(
    { summary: 'the id_token of another user', expect: 'end-session', spec: core, case: 'REF-21' },
    (claims) => ({ ...claims, sub: `${String(claims['sub'])}1` }),
    refreshGrant,
  ),
  'refresh.id_token.other-iss': createClaimFault(
    { summary: 'the id_token of another issuer', expect: 'end-session', spec: core, case: 'REF-22' },
    (claims) => ({ ...claims, iss: stranger }),
    refreshGrant,
  ),
  'refresh.id_token.other-aud': createClaimFault(
    { summary: 'an id_token for another client', expect: 'end-session', spec: core, case: 'REF-23' },
    (claims) => ({ ...claims, aud: `${String(claims['aud'])}1` }),
    refreshGrant,
  ),
  'refresh.id_token.other-azp': createClaimFault(
    { summary: 'azp is another client', expect: 'end-session', spec: core, case: 'IDT-08' },
    (claims) => ({ ...claims, azp: stranger }),
    refreshGrant,
  ),
  'refresh.id_token.new-nonce': createClaimFault(
    { summary: 'a nonce that was never sent', expect: 'end-session', spec: core, case: 'REF-25' },
    (claims) => ({ ...claims, nonce: 'never-sent' }),
    refreshGrant,
  ),
  'refresh.id_token.auth_time-changed': createClaimFault(
    { summary: 'another time of authentication', expect: 'end-session', spec: core, case: 'REF-24' },
    (claims) => ({ ...claims, auth_time: Number(claims['auth_time']) + 60 }),
    refreshGrant,
  ),
  'refresh.id_token.absent': createFault(
    'state',
    refreshGrant,
    { summary: 'no id_token', expect: 'tolerate', spec: core, case: 'REF-27' },
    (policy) => ({ ...policy, hasIdToken: false }),
  ),
  'refresh.5xx': createFault(
    'request',
    refreshGrant,
    {
      summary: 'server error, nothing done',
      expect: 'keep-session',
      spec: 'RFC 9110 15.6',
      case: 'REF-11',
      budget: 3,
    },
    () => ({ answer: createErrorDraft(503, 'temporarily_unavailable') }),
  ),
  'refresh.offline': createFault(
    'request',
    refreshGrant,
    {
      summary: 'no network: nothing reaches the authority',
      expect: 'keep-session',
      spec: 'design',
      case: 'REF-10',
      budget: 3,
    },
    () => Promise.reject(createOfflineError()),
  ),
  'refresh.access_denied-user-disabled': createTokenErrorFault('access_denied', refreshGrant, {
    expect: 'end-session',
  }),
}
