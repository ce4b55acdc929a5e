import type { EndpointName } from '../pipeline/exchange.js'

/** What is known of a rule: the list is data. */
export interface FindingFacts {
  /** `leak`: a secret in the wrong place. `lint`: a request that is wrong, though it may have been answered. */
  readonly kind: 'leak' | 'lint'
  /** `verify()` throws for an `error`: a MUST is broken. A `warning` is only listed: a client may have its reasons. */
  readonly level: 'error' | 'warning'
  readonly summary: string
  /** The rule that is broken. */
  readonly spec: string
}

const leak = { kind: 'leak', level: 'error' } as const
const mistake = { kind: 'lint', level: 'error' } as const
const doubt = { kind: 'lint', level: 'warning' } as const

/** The name of a rule. Names are stable once published. */
export type FindingRule =
  | `leak.${'url' | 'referer' | 'header' | 'body'}`
  | 'response_type.implicit'
  | `pkce.${'missing' | 'plain' | 'reused' | 'weak-verifier'}`
  | `state.${'missing' | 'reused' | 'guessable'}`
  | `nonce.${'missing' | 'reused' | 'guessable'}`
  | 'code.repeated'
  | 'grant.password'
  | `client_auth.${'two-methods' | 'secret-in-page'}`
  | `scope.${'on-code' | 'widened'}`

/** The name of a rule that the option `lenient` can let pass. */
export type LintRule = Exclude<FindingRule, `leak.${string}`>

const rules: Readonly<Record<FindingRule, FindingFacts>> = {
  'leak.url': { ...leak, summary: 'a secret in a path or a query', spec: 'OAuth 2.1 5.1; RFC 9700 4.3' },
  'leak.referer': { ...leak, summary: 'a secret in the Referer header', spec: 'RFC 9700 4.2' },
  'leak.header': {
    ...leak,
    summary: 'a secret in a header of an endpoint that has no use for it',
    spec: 'RFC 9700 4.9',
  },
  'leak.body': {
    ...leak,
    summary: 'a secret in a body of an endpoint that has no use for it',
    spec: 'RFC 9700 4.9',
  },
  'response_type.implicit': {
    ...mistake,
    summary: 'tokens asked of the authorization endpoint',
    spec: 'RFC 9700 2.1.2',
  },
  'pkce.missing': {
    ...mistake,
    summary: 'an authorization request without code_challenge',
    spec: 'RFC 9700 2.1.1',
  },
  'pkce.plain': { ...mistake, summary: 'a code_challenge that is not S256', spec: 'RFC 9700 2.1.1' },
  'pkce.reused': {
    ...mistake,
    summary: 'one code_challenge or code_verifier for two sign-ins',
    spec: 'RFC 9700 2.1.1',
  },
  'pkce.weak-verifier': {
    ...mistake,
    summary: 'a code_verifier that cannot hold 128 random bits',
    spec: 'RFC 7636 7.1',
  },
  'state.missing': {
    ...doubt,
    summary: 'an authorization request without state: PKCE alone keeps forged callbacks out',
    spec: 'RFC 9700 2.1',
  },
  'state.reused': { ...mistake, summary: 'one state for two sign-ins', spec: 'RFC 9700 4.7.1' },
  'state.guessable': { ...doubt, summary: 'a state that cannot hold 64 random bits', spec: 'RFC 6749 10.12' },
  'nonce.missing': {
    ...doubt,
    summary: 'an OpenID Connect request without nonce: PKCE alone keeps injected codes out',
    spec: 'RFC 9700 2.1.1; OIDC Core 3.1.2.1',
  },
  'nonce.reused': { ...mistake, summary: 'one nonce for two sign-ins', spec: 'OIDC Core 15.5.2' },
  'nonce.guessable': {
    ...doubt,
    summary: 'a nonce that cannot hold 64 random bits',
    spec: 'OIDC Core 15.5.2',
  },
  'code.repeated': {
    ...mistake,
    summary: 'an authorization code sent again after it was answered',
    spec: 'RFC 6749 4.1.2',
  },
  'grant.password': {
    ...mistake,
    summary: "the user's password in the client's hands",
    spec: 'RFC 9700 2.4',
  },
  'client_auth.two-methods': {
    ...mistake,
    summary: 'client credentials in the Authorization header and in the body',
    spec: 'OAuth 2.1 2.4',
  },
  'client_auth.secret-in-page': {
    ...mistake,
    summary: 'a client secret sent by a page, which cannot keep one',
    spec: 'RFC 10017 6.3.3.1',
  },
  'scope.on-code': {
    ...doubt,
    summary: 'a scope beside a code: it was decided at the authorization endpoint',
    spec: 'OAuth 2.1 4.1.3',
  },
  'scope.widened': {
    ...mistake,
    summary: 'a refresh that asks for more than was granted',
    spec: 'OAuth 2.1 4.3.1',
  },
}

/** One line of the list. */
export interface FindingRuleEntry extends FindingFacts {
  readonly rule: FindingRule
}

/** Something the client did that it should not have. No value of a request is in it. */
export interface Finding extends FindingRuleEntry {
  /** The `id` of the request in the log. */
  readonly request: number
  readonly endpoint: EndpointName
  /** What and where, in words: `access token as "t" in the query`. */
  readonly detail: string
}

/** The rules as data: to list, to document. */
export const findingRules: readonly FindingRuleEntry[] = (
  Object.entries(rules) as [FindingRule, FindingFacts][]
).map(([rule, facts]) => ({ rule, ...facts }))

/** The names of the rules that can be let pass. */
export const lintRules: readonly LintRule[] = findingRules.map(({ rule }) => rule).filter(isLintRule)

/** What is found wrong with a request. */
export function createFinding(
  rule: FindingRule,
  { id, endpoint }: { id: number; endpoint: EndpointName },
  detail: string = rules[rule].summary,
): Finding {
  return { rule, ...rules[rule], request: id, endpoint, detail }
}

function isLintRule(rule: FindingRule): rule is LintRule {
  return rules[rule].kind === 'lint'
}
