import { base64url } from 'jose'
import type { Authority } from '../authority.js'
import { createRedirectDraft, type ResponseDraft } from '../pipeline/response-draft.js'
import { stranger } from './claim-fault.js'
import {
  createFault,
  createTunableFault,
  type Fault,
  type FaultFacts,
  type FaultScope,
  type NoParameters,
} from './fault.js'
import { createErrorDraft, createHtmlDraft, withJsonText, withMembers } from './fault-drafts.js'

type DiscoveryFault = Fault<'body', NoParameters>

/** Faults in the discovery document. */
export interface DiscoveryFaults {
  'disc.issuer.mismatch': DiscoveryFault
  'disc.issuer.trailing-slash': DiscoveryFault
  'disc.404': DiscoveryFault
  'disc.500': DiscoveryFault
  'disc.html-200': DiscoveryFault
  'disc.truncated': DiscoveryFault
  'disc.wrong-content-type': DiscoveryFault
  'disc.redirect': DiscoveryFault
  'disc.redirect-loop': DiscoveryFault
  'disc.endpoint.missing': Fault<'body', { name: string }>
  'disc.endpoint.http-downgrade': Fault<'body', { name: string }>
  'disc.endpoint.foreign-origin': Fault<'body', { name: string }>
  'disc.pkce-unsupported': DiscoveryFault
  'disc.changed-mid-session': DiscoveryFault
  'disc.documents-differ': DiscoveryFault
  'disc.slow': Fault<'transport', { ms: number }>
  /** Sets any member; undefined takes it out. */
  'disc.member.set': Fault<'body', { name: string; value: unknown }>
  'tolerate.disc.unknown-members': DiscoveryFault
  'tolerate.disc.jwks-path-random': DiscoveryFault
}

const document: FaultScope = { endpoint: 'discovery' }
const endpoint = { name: 'token_endpoint' }

/** What is wrong in what the authority says of itself. */
export const discoveryFaults: DiscoveryFaults = {
  'disc.issuer.mismatch': createMemberFault(
    {
      summary: 'another issuer',
      expect: 'reject',
      spec: 'RFC 8414 3.3',
      case: 'DISC-01',
      oidf: 'discovery-issuer-mismatch',
    },
    () => ({ issuer: stranger }),
  ),
  'disc.issuer.trailing-slash': createMemberFault(
    { summary: 'the issuer with a slash', expect: 'reject', spec: 'RFC 8414 3.3', case: 'DISC-02' },
    (issuer) => ({ issuer: `${issuer}/` }),
  ),
  'disc.404': createFault(
    'body',
    document,
    { summary: 'not found', expect: 'reject', spec: 'OIDC Discovery 4', case: 'DISC-04', budget: 1 },
    () => createErrorDraft(404, 'not_found'),
  ),
  'disc.500': createFault(
    'body',
    document,
    { summary: 'server error', expect: 'keep-session', spec: 'design', case: 'DISC-04', budget: 3 },
    () => createErrorDraft(500, 'server_error'),
  ),
  'disc.html-200': createFault(
    'body',
    document,
    {
      summary: 'a page instead of the document',
      expect: 'reject',
      spec: 'OIDC Discovery 4.2',
      case: 'DISC-05',
      budget: 1,
    },
    () => createHtmlDraft(200),
  ),
  'disc.truncated': createFault(
    'body',
    document,
    { summary: 'half a document', expect: 'reject', spec: 'OIDC Discovery 4.2', case: 'DISC-06', budget: 1 },
    (draft) => withJsonText(draft, (text) => text.slice(0, text.length / 2)),
  ),
  'disc.wrong-content-type': createFault(
    'body',
    document,
    { summary: 'JSON that says it is text', expect: 'either', spec: 'OIDC Discovery 4.2', budget: 1 },
    (draft) => {
      draft.headers.set('Content-Type', 'text/plain')
      return draft
    },
  ),
  'disc.redirect': createFault(
    'body',
    document,
    { summary: 'a redirect to another origin', expect: 'reject', spec: 'design', case: 'DISC-14', budget: 1 },
    () => createRedirectDraft(302, `${stranger}/.well-known/openid-configuration`),
  ),
  'disc.redirect-loop': createFault(
    'body',
    document,
    { summary: 'a redirect to itself', expect: 'reject', spec: 'RFC 9110 15.4', case: 'DISC-14', budget: 1 },
    (_draft, { exchange }) => createRedirectDraft(302, exchange.url.href),
  ),
  'disc.endpoint.missing': createTunableFault(
    'body',
    document,
    { summary: 'an endpoint is missing', expect: 'reject', spec: 'RFC 8414 2', case: 'DISC-07' },
    endpoint,
    (draft, { parameters }) => withMembers(draft, { [parameters.name]: undefined }),
  ),
  'disc.endpoint.http-downgrade': createTunableFault(
    'body',
    document,
    {
      summary: 'an endpoint by plain http off loopback',
      expect: 'reject',
      spec: 'RFC 8414 2',
      case: 'DISC-08',
    },
    endpoint,
    (draft, { parameters }) =>
      withMembers(draft, { [parameters.name]: 'http://api.spatio.example/oauth2/token' }),
  ),
  'disc.endpoint.foreign-origin': createTunableFault(
    'body',
    document,
    { summary: 'an endpoint on another origin', expect: 'either', spec: 'RFC 8414 6.2' },
    endpoint,
    (draft, { parameters }) => withMembers(draft, { [parameters.name]: `${stranger}/oauth2/token` }),
  ),
  'disc.pkce-unsupported': createMemberFault(
    { summary: 'S256 is not listed', expect: 'reject', spec: 'RFC 9700 2.1.1', case: 'DISC-11' },
    () => ({ code_challenge_methods_supported: ['plain'] }),
  ),
  'disc.changed-mid-session': createFault(
    'body',
    document,
    { summary: 'the token endpoint has moved', expect: 'either', spec: 'design', case: 'DISC-16' },
    (draft, { authority }) =>
      move(draft, authority, 'token_endpoint', '/oauth2/token', '/oauth2/token-moved'),
  ),
  'disc.documents-differ': createFault(
    'body',
    document,
    {
      summary: 'the two documents differ (this one has another userinfo)',
      expect: 'either',
      spec: 'RFC 8414 5',
    },
    (draft, { authority }) =>
      withMembers(draft, { userinfo_endpoint: `${authority.issuer()}/oauth2/userinfo-2` }),
  ),
  'disc.slow': createTunableFault(
    'transport',
    document,
    { summary: 'a slow answer', expect: 'keep-session', spec: 'design', case: 'DISC-04', budget: 3 },
    { ms: 5_000 },
    (answer, { parameters, exchange, authority }) =>
      authority.wait(parameters.ms, exchange.request.signal).then(() => answer),
  ),
  'disc.member.set': createTunableFault(
    'body',
    document,
    { summary: 'a member of your choice', expect: 'either', spec: 'RFC 8414 2' },
    { name: 'issuer', value: undefined },
    (draft, { parameters: { name, value } }) => withMembers(draft, { [name]: value }),
  ),
  'tolerate.disc.unknown-members': createMemberFault(
    { summary: 'members nobody knows', expect: 'tolerate', spec: 'RFC 8414 2' },
    () => ({ x_flags: [true, null], 'https://example.com/ext': { deep: {} } }),
  ),
  'tolerate.disc.jwks-path-random': createFault(
    'body',
    document,
    {
      summary: 'the keys are at a path nobody could guess',
      expect: 'tolerate',
      spec: 'RFC 8414 2',
      case: 'DISC-19',
      oidf: 'discovery-jwks-uri-keys',
    },
    (draft, { authority }) => {
      const path = `/.well-known/jwks-${base64url.encode(authority.options.random(32))}.json`
      return move(draft, authority, 'jwks_uri', '/.well-known/jwks.json', path)
    },
  ),
}

/** Names another path for an endpoint, which answers there from now on; the old one stays. */
function move(
  draft: ResponseDraft,
  authority: Authority,
  member: string,
  from: string,
  to: string,
): ResponseDraft {
  authority.movedPaths.set(to, from)
  return withMembers(draft, { [member]: authority.issuer() + to })
}

function createMemberFault(
  facts: FaultFacts,
  getMembers: (issuer: string) => Record<string, unknown>,
): DiscoveryFault {
  return createFault('body', document, facts, (draft, { authority }) =>
    withMembers(draft, getMembers(authority.issuer())),
  )
}
