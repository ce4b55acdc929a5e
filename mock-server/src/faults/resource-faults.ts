import { createEmptyDraft, createJsonDraft, type ResponseDraft } from '../pipeline/response-draft.js'
import { createFault, createTunableFault, type Fault, type FaultScope, type NoParameters } from './fault.js'
import { createErrorDraft, withMembers } from './fault-drafts.js'

type BodyFault = Fault<'body', NoParameters>
type AnswerFault = Fault<'request', NoParameters>
type MemberFault = Fault<'body', { name: string; value: unknown }>

/** Faults in userinfo, introspection, revocation, registration and the API. */
export interface ResourceFaults {
  'userinfo.sub.mismatch': BodyFault
  'userinfo.sub.missing': BodyFault
  'userinfo.401': AnswerFault
  'userinfo.jwt-unexpected': BodyFault
  /** Sets any member; undefined takes it out. */
  'userinfo.member.set': MemberFault
  'api.401': AnswerFault
  'introspect.inactive': AnswerFault
  'introspect.other-client': BodyFault
  'introspect.extra-clock-skew': BodyFault
  /** Sets any member; undefined takes it out. */
  'introspect.member.set': MemberFault
  'revoke.503': AnswerFault
  'revoke.unsupported_token_type': AnswerFault
  'register.429+Retry-After': AnswerFault
  'register.invalid_redirect_uri': AnswerFault
  'register.substituted-metadata': BodyFault
  'register.rat-rejected': BodyFault
}

const challenge = { 'WWW-Authenticate': 'Bearer error="invalid_token"' }

/** What is wrong after the sign-in. */
export const resourceFaults: ResourceFaults = {
  'userinfo.sub.mismatch': createFault(
    'body',
    { endpoint: 'userinfo' },
    {
      summary: 'the claims of another user',
      expect: 'reject',
      spec: 'OIDC Core 5.3.2',
      oidf: 'userinfo-invalid-sub',
    },
    (draft) => withMembers(draft, { sub: 'usr_someone_else' }),
  ),
  'userinfo.sub.missing': createFault(
    'body',
    { endpoint: 'userinfo' },
    { summary: 'no sub', expect: 'reject', spec: 'OIDC Core 5.3.2' },
    (draft) => withMembers(draft, { sub: undefined }),
  ),
  'userinfo.401': createFault(
    'request',
    { endpoint: 'userinfo' },
    { summary: 'the token is refused', expect: 'keep-session', spec: 'RFC 6750 3.1', budget: 1 },
    () => ({ answer: createEmptyDraft(401, challenge) }),
  ),
  'userinfo.jwt-unexpected': createFault(
    'body',
    { endpoint: 'userinfo' },
    { summary: 'a JWT instead of JSON', expect: 'either', spec: 'OIDC Core 5.3.2' },
    (draft) => ({
      ...draft,
      body: { kind: 'text', mediaType: 'application/jwt', text: 'eyJhbGciOiJub25lIn0.e30.' },
    }),
  ),
  'userinfo.member.set': createMemberFault({ endpoint: 'userinfo' }, 'OIDC Core 5.3.2', 'sub'),
  'api.401': createFault(
    'request',
    { endpoint: 'notes' },
    {
      summary: 'the API refuses a token that has not expired',
      expect: 'keep-session',
      spec: 'RFC 6750 3.1',
      case: 'REF-33',
      budget: 1,
    },
    () => ({
      answer: createJsonDraft(
        { error: 'The caller is not authenticated', code: 'unauthorized' },
        { status: 401, headers: challenge },
      ),
    }),
  ),
  'introspect.inactive': createFault(
    'request',
    { endpoint: 'introspect' },
    { summary: 'the token is said to be dead', expect: 'keep-session', spec: 'RFC 7662 2.2' },
    () => ({ answer: createJsonDraft({ active: false }) }),
  ),
  'introspect.other-client': createFault(
    'body',
    { endpoint: 'introspect' },
    { summary: "another client's token", expect: 'either', spec: 'RFC 7662 2.2' },
    (draft) => withMembers(draft, { client_id: 'someone-else' }),
  ),
  'introspect.extra-clock-skew': createFault(
    'body',
    { endpoint: 'introspect' },
    { summary: 'active, and expired ten minutes ago', expect: 'either', spec: 'RFC 7662 2.2' },
    (draft, { authority }) => withMembers(draft, { exp: Math.floor(authority.clock.now() / 1000) - 600 }),
  ),
  'introspect.member.set': createMemberFault({ endpoint: 'introspect' }, 'RFC 7662 2.2', 'active'),
  'revoke.503': createFault(
    'request',
    { endpoint: 'revoke' },
    { summary: 'nothing could be revoked', expect: 'tolerate', spec: 'RFC 7009 2.2.1', budget: 3 },
    () => ({ answer: createErrorDraft(503, 'temporarily_unavailable', 1) }),
  ),
  'revoke.unsupported_token_type': createFault(
    'request',
    { endpoint: 'revoke' },
    { summary: 'this kind of token cannot be revoked', expect: 'tolerate', spec: 'RFC 7009 2.2.1' },
    () => ({ answer: createErrorDraft(400, 'unsupported_token_type') }),
  ),
  'register.429+Retry-After': createFault(
    'request',
    { endpoint: 'register' },
    { summary: 'too many registrations', expect: 'show-error', spec: 'RFC 6585 4' },
    () => ({ answer: createErrorDraft(429, 'rate_limit_exceeded', 3_600) }),
  ),
  'register.invalid_redirect_uri': createFault(
    'request',
    { endpoint: 'register' },
    { summary: 'a redirect URI is refused', expect: 'show-error', spec: 'RFC 7591 3.2.2' },
    () => ({ answer: createErrorDraft(400, 'invalid_redirect_uri') }),
  ),
  'register.substituted-metadata': createFault(
    'body',
    { endpoint: 'register' },
    { summary: 'another redirect URI was registered', expect: 'show-error', spec: 'RFC 7591 3.2.1' },
    (draft) => withMembers(draft, { redirect_uris: ['https://someone-else.example/'] }),
  ),
  'register.rat-rejected': createFault(
    'body',
    { endpoint: 'register' },
    {
      summary:
        'the registration can be managed at its URI, and the registration access token is refused there',
      expect: 'show-error',
      spec: 'RFC 7592 2.1',
    },
    (draft, { authority, exchange, followWith }) => {
      const path = `/oauth2/register/${exchange.clientId ?? ''}`
      const refuse = (): { answer: ResponseDraft } => ({ answer: createEmptyDraft(401, challenge) })
      // Only this client: another's registration is not there, as always.
      const scope = { endpoint: 'registration', path } as const
      followWith({ stage: 'request', scope, times: 'always', change: refuse })
      const uri = `${authority.issuer()}${path}`
      return withMembers(draft, { registration_client_uri: uri })
    },
  ),
}

/** Without parameters it takes `name` out. */
function createMemberFault(scope: FaultScope, spec: string, name: string): MemberFault {
  const defaults: { name: string; value: unknown } = { name, value: undefined }
  return createTunableFault(
    'body',
    scope,
    { summary: 'a member of your choice', expect: 'either', spec },
    defaults,
    (draft, { parameters }) => withMembers(draft, { [parameters.name]: parameters.value }),
  )
}
