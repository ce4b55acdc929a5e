import type { RequestParameters } from '../protocol/request-parameters.js'
import { toEntropyBound } from './entropy.js'
import { createFinding, type Finding, type FindingRule } from './finding.js'
import type { Sighting } from './sighting.js'

// What makes two requests the same one, sent again by a reload or the Back button.
const identity = [
  'client_id',
  'redirect_uri',
  'scope',
  'prompt',
  'max_age',
  'state',
  'nonce',
  'code_challenge',
] as const
// RFC 6749 10.10 asks for 128 bits of what the authority makes; for the client's values no number is written.
const minimumBits = 64

const onceOnly: readonly (readonly ['state' | 'nonce' | 'code_challenge', FindingRule])[] = [
  ['state', 'state.reused'],
  ['nonce', 'nonce.reused'],
  ['code_challenge', 'pkce.reused'],
]

/** What is wrong with the authorization requests among those a client sent. */
export function lintAuthorizationRequests(sightings: readonly Sighting[]): Finding[] {
  const requests = sightings.filter(isAuthorizationRequest)
  return [...requests.flatMap(lintOne), ...lintReuse(requests)]
}

function isAuthorizationRequest({ endpoint, method, query }: Sighting): boolean {
  return endpoint === 'authorize' && method === 'GET' && query.get('client_id') !== undefined
}

function lintOne(sighting: Sighting): Finding[] {
  const { query } = sighting
  const responseTypes = query.get('response_type')?.split(' ') ?? []
  const isImplicit = responseTypes.includes('token') || responseTypes.includes('id_token')
  const rules: (FindingRule | false)[] = [
    isImplicit && 'response_type.implicit',
    query.get('code_challenge') === undefined && !isImplicit && 'pkce.missing',
    query.get('code_challenge') !== undefined &&
      query.get('code_challenge_method') !== 'S256' &&
      'pkce.plain',
    query.get('state') === undefined && 'state.missing',
    isGuessable(query.get('state')) && 'state.guessable',
    isOpenId(query) && query.get('nonce') === undefined && 'nonce.missing',
    isGuessable(query.get('nonce')) && 'nonce.guessable',
  ]
  return rules.filter((rule) => rule !== false).map((rule) => createFinding(rule, sighting))
}

function isOpenId(query: RequestParameters): boolean {
  return query.get('scope')?.split(' ').includes('openid') ?? false
}

function isGuessable(text: string | undefined): boolean {
  return text !== undefined && toEntropyBound(text) < minimumBits
}

function lintReuse(requests: readonly Sighting[]): Finding[] {
  const findings: Finding[] = []
  const seen = new Map<string, string>()
  for (const sighting of requests) {
    const whole = JSON.stringify(identity.map((name) => sighting.query.get(name)))
    for (const [name, rule] of onceOnly) {
      const value = sighting.query.get(name)
      if (value === undefined) continue
      const key = `${name} ${value}`
      const first = seen.get(key) ?? whole
      seen.set(key, first)
      if (first !== whole) findings.push(createFinding(rule, sighting))
    }
  }
  return findings
}
