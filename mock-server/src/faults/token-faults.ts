import { createJsonDraft, type ResponseDraft } from '../pipeline/response-draft.js'
import { codeGrant, anyToken, stranger } from './claim-fault.js'
import {
  createFault,
  createTunableFault,
  type Fault,
  type FaultFacts,
  type FaultScope,
  type NoParameters,
} from './fault.js'
import { createErrorDraft, withMembers } from './fault-drafts.js'

type TokenBodyFault = Fault<'body', NoParameters>
type TokenAnswerFault = Fault<'request', NoParameters>

/** Faults in the token response. */
export interface TokenFaults {
  'token.invalid_grant': TokenAnswerFault
  'token.code.replayed': Fault<'state', NoParameters>
  'token.invalid_client': TokenAnswerFault
  'token.unauthorized_client': TokenAnswerFault
  /** Any status, before anything is done. `retryAfter`: seconds or an HTTP date. */
  'token.status': Fault<'request', { status: number; error?: string; retryAfter?: number | string }>
  'token.error-with-200': TokenAnswerFault
  'token.type.wrong': TokenBodyFault
  'token.access_token.missing': TokenBodyFault
  'token.expires_in.missing': TokenBodyFault
  'token.expires_in.zero': TokenBodyFault
  'token.expires_in.negative': TokenBodyFault
  'token.expires_in.string': TokenBodyFault
  'token.expires_in.huge': TokenBodyFault
  'token.scope.narrowed': Fault<'state', { scope: string }>
  'token.redirect': Fault<'request', { status: 302 | 307 | 308; location: string }>
  /** Sets any member; undefined takes it out. */
  'token.member.set': Fault<'body', { name: string; value: unknown }>
  'token.use_dpop_nonce': TokenAnswerFault
  'tolerate.token.extra-members': TokenBodyFault
  'tolerate.token.type-lowercase': TokenBodyFault
  'tolerate.token.scope-absent': TokenBodyFault
  'tolerate.token.no-refresh-token': Fault<'state', NoParameters>
}

const spec = 'OAuth 2.1 3.2.3'

/** What is wrong in what the token endpoint answers. */
export const tokenFaults: TokenFaults = {
  'token.invalid_grant': createTokenErrorFault('invalid_grant', codeGrant, {
    expect: 'reject',
    case: 'CB-29',
  }),
  'token.code.replayed': createFault(
    'state',
    codeGrant,
    { summary: 'someone redeemed the code first', expect: 'reject', spec: 'OAuth 2.1 4.1.3', case: 'CB-29' },
    (policy, { authority, exchange }) => {
      const code = authority.codes.get(exchange.form.get('code') ?? '')
      if (code) code.grantId = 'grt_of_someone_who_was_first'
      return policy
    },
  ),
  'token.invalid_client': createTokenErrorFault(
    'invalid_client',
    anyToken,
    { expect: 'reject', case: 'TOK-18' },
    401,
  ),
  'token.unauthorized_client': createTokenErrorFault('unauthorized_client', anyToken, {
    expect: 'reject',
    case: 'TOK-18',
  }),
  'token.status': createTunableFault(
    'request',
    anyToken,
    {
      summary: 'a status of your choice',
      expect: 'keep-session',
      spec: 'RFC 9110 15',
      case: 'REF-11',
      budget: 3,
    },
    { status: 503 },
    (_request, { parameters }) => ({ answer: createStatusDraft(parameters) }),
  ),
  'token.error-with-200': createFault(
    'request',
    codeGrant,
    { summary: 'an error with status 200', expect: 'reject', spec: 'OAuth 2.1 3.2.4', case: 'TOK-11' },
    () => ({ answer: createJsonDraft({ error: 'invalid_grant' }) }),
  ),
  'token.type.wrong': createTokenBodyFault('a token type nobody asked for', 'reject', 'TOK-04', {
    token_type: 'mac',
  }),
  'token.access_token.missing': createTokenBodyFault('no access token', 'reject', 'TOK-01', {
    access_token: undefined,
  }),
  'token.expires_in.missing': createTokenBodyFault('no lifetime', 'tolerate', 'TOK-06', {
    expires_in: undefined,
  }),
  'token.expires_in.zero': createTokenBodyFault('a lifetime of 0', 'tolerate', 'TOK-07', { expires_in: 0 }),
  'token.expires_in.negative': createTokenBodyFault('a negative lifetime', 'tolerate', 'TOK-07', {
    expires_in: -1,
  }),
  'token.expires_in.string': createTokenBodyFault('a lifetime as text', 'tolerate', 'TOK-07', {
    expires_in: '3600',
  }),
  'token.expires_in.huge': createTokenBodyFault('a lifetime past every timer', 'tolerate', 'TOK-07', {
    expires_in: 1e12,
  }),
  'token.scope.narrowed': createTunableFault(
    'state',
    anyToken,
    { summary: 'less scope than was asked for', expect: 'tolerate', spec, case: 'TOK-09' },
    { scope: 'openid' },
    (policy, { parameters }) => ({ ...policy, scope: parameters.scope }),
  ),
  'token.redirect': createTunableFault(
    'request',
    anyToken,
    {
      summary: 'a redirect that would take the form along',
      expect: 'reject',
      spec: 'RFC 9700 4.12',
      case: 'TOK-17',
    },
    { status: 307, location: `${stranger}/oauth2/token` },
    (_request, { parameters: { status, location } }) => ({
      answer: { status, headers: new Headers({ Location: location }), body: { kind: 'empty' } },
    }),
  ),
  'token.member.set': createTunableFault(
    'body',
    anyToken,
    { summary: 'a member of your choice', expect: 'either', spec },
    { name: 'token_type', value: undefined },
    (draft, { parameters: { name, value } }) => withMembers(draft, { [name]: value }),
  ),
  'token.use_dpop_nonce': createFault(
    'request',
    anyToken,
    { summary: 'a DPoP nonce is asked for', expect: 'reject', spec: 'RFC 9449 8', case: 'TOK-11' },
    () => {
      const answer = createErrorDraft(400, 'use_dpop_nonce')
      answer.headers.set('DPoP-Nonce', 'eyJ7S_zG.eyJH0-Z.HX4w-7v')
      return { answer }
    },
  ),
  'tolerate.token.extra-members': createTokenBodyFault('members nobody knows', 'tolerate', 'TOK-14', {
    profile: { sub: 'usr_someone_else' },
    state: 'forged',
    expires_at: 1,
  }),
  'tolerate.token.type-lowercase': createTokenBodyFault(
    'the type in lower case',
    'tolerate',
    'TOK-02',
    { token_type: 'bearer' },
    'token-type-case-insensitivity',
  ),
  'tolerate.token.scope-absent': createTokenBodyFault(
    'no scope, which means as asked for',
    'tolerate',
    'TOK-10',
    { scope: undefined },
    'no-scope-in-token-endpoint-response',
  ),
  'tolerate.token.no-refresh-token': createFault(
    'state',
    codeGrant,
    { summary: 'no refresh token', expect: 'tolerate', spec },
    (policy) => ({ ...policy, isRefreshable: false }),
  ),
}

/** A fault that answers an OAuth error before anything is done. */
export function createTokenErrorFault(
  error: string,
  scope: FaultScope,
  facts: Pick<FaultFacts, 'expect' | 'case'>,
  status = 400,
): TokenAnswerFault {
  return createFault(
    'request',
    scope,
    { summary: `the error ${error}`, spec: 'OAuth 2.1 3.2.4', ...facts },
    () => ({
      answer: createErrorDraft(status, error),
    }),
  )
}

function createTokenBodyFault(
  summary: string,
  expect: FaultFacts['expect'],
  caseId: string,
  members: Record<string, unknown>,
  oidf?: string,
): TokenBodyFault {
  const facts: FaultFacts = { summary, expect, spec, case: caseId, ...(oidf === undefined ? {} : { oidf }) }
  return createFault('body', anyToken, facts, (draft) => withMembers(draft, members))
}

function createStatusDraft(parameters: {
  status: number
  error?: string
  retryAfter?: number | string
}): ResponseDraft {
  const error = parameters.error ?? (parameters.status < 500 ? 'invalid_request' : 'server_error')
  return createErrorDraft(parameters.status, error, parameters.retryAfter)
}
