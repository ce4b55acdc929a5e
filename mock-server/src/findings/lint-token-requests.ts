import type { EndpointName } from '../pipeline/exchange.js'
import { toEntropyBound } from './entropy.js'
import { createFinding, type Finding, type FindingRule } from './finding.js'
import { findBasicCredentials, type Sighting } from './sighting.js'

/** The scope a refresh token was granted; undefined when it is not known any more. */
export type FindGrantedScope = (refreshToken: string) => string | undefined

// RFC 7636 7.1 wants 256 bits. The bound of 32 random bytes as text is never far below 190.
const minimumVerifierBits = 128
const authenticatedEndpoints: readonly EndpointName[] = ['token', 'introspect', 'revoke']

/** What is wrong with how a client asked for tokens and proved itself. */
export function lintTokenRequests(
  sightings: readonly Sighting[],
  findGrantedScope: FindGrantedScope,
): Finding[] {
  const posts = sightings.filter(({ method }) => method === 'POST')
  const authenticated = posts.filter(({ endpoint }) => authenticatedEndpoints.includes(endpoint))
  const requests = posts.filter(({ endpoint }) => endpoint === 'token')
  return [
    ...authenticated.flatMap(lintClientAuthentication),
    ...requests.flatMap((sighting) => lintOne(sighting, findGrantedScope)),
    ...lintReuse(requests.filter(({ form }) => form.get('grant_type') === 'authorization_code')),
  ]
}

function lintClientAuthentication(sighting: Sighting): Finding[] {
  const { form, headers } = sighting
  const isInBody = form.get('client_secret') !== undefined
  const rules: (FindingRule | false)[] = [
    isInBody && headers.has('authorization') && 'client_auth.two-methods',
    // Only a page has an Origin.
    (isInBody || findBasicCredentials(sighting).length > 0) &&
      headers.has('origin') &&
      'client_auth.secret-in-page',
  ]
  return rules.filter((rule) => rule !== false).map((rule) => createFinding(rule, sighting))
}

function lintOne(sighting: Sighting, findGrantedScope: FindGrantedScope): Finding[] {
  const { form } = sighting
  const grant = form.get('grant_type')
  const verifier = form.get('code_verifier')
  const scope = form.get('scope')
  const granted = findGrantedScope(form.get('refresh_token') ?? '')?.split(' ')
  const isWidened = granted !== undefined && scope?.split(' ').some((name) => !granted.includes(name))
  const rules: (FindingRule | false | undefined)[] = [
    grant === 'password' && 'grant.password',
    verifier !== undefined && toEntropyBound(verifier) < minimumVerifierBits && 'pkce.weak-verifier',
    grant === 'authorization_code' && scope !== undefined && 'scope.on-code',
    grant === 'refresh_token' && isWidened && 'scope.widened',
  ]
  return rules.filter((rule) => typeof rule === 'string').map((rule) => createFinding(rule, sighting))
}

function lintReuse(redemptions: readonly Sighting[]): Finding[] {
  const findings: Finding[] = []
  const answered = new Set<string>()
  const codeOfVerifier = new Map<string, string>()
  for (const sighting of redemptions) {
    const code = sighting.form.get('code')
    const verifier = sighting.form.get('code_verifier')
    if (code === undefined) continue
    if (answered.has(code)) findings.push(createFinding('code.repeated', sighting))
    if (!sighting.isUnanswered) answered.add(code)
    if (verifier === undefined) continue
    const first = codeOfVerifier.get(verifier) ?? code
    codeOfVerifier.set(verifier, first)
    if (first !== code) findings.push(createFinding('pkce.reused', sighting))
  }
  return findings
}
