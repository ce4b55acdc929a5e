import type { EndpointName } from '../pipeline/exchange.js'
import { decodeComponent, parseParameters, type RequestParameters } from '../protocol/request-parameters.js'
import { createFinding, type Finding, type FindingRule } from './finding.js'
import type { SecretFinder, SecretKind } from './secrets.js'
import { findBasicCredentials, type Sighting } from './sighting.js'

/** Where in a request something is. */
interface Place {
  rule: Extract<FindingRule, `leak.${string}`>
  /** In words, for the finding: no value of the request, whose names may be secrets as well. */
  words: string
  /** The parameter or header, where the protocol might put a secret. */
  slot: string
}

/** What a slot is for, at which endpoints. Whatever else holds a secret has no use for it. */
interface Use {
  slots: readonly string[]
  endpoints: readonly EndpointName[]
}

// `unknown` is the rest of Spatio's API, which takes the same tokens.
const api = ['userinfo', 'notes', 'connected-apps', 'personal-access-tokens', 'unknown'] as const
const authenticated = ['token', 'introspect', 'revoke'] as const
const asSubject: Use = { slots: ['form token'], endpoints: ['introspect', 'revoke'] }

const uses: Readonly<Record<SecretKind, readonly Use[]>> = {
  'authorization code': [{ slots: ['form code'], endpoints: ['token'] }],
  'access token': [
    { slots: ['header authorization'], endpoints: api },
    // RFC 6750 2.2, which Spatio's POST is for.
    { slots: ['form access_token'], endpoints: ['userinfo'] },
    asSubject,
  ],
  'refresh token': [{ slots: ['form refresh_token'], endpoints: ['token'] }, asSubject],
  id_token: [{ slots: ['query id_token_hint'], endpoints: ['authorize'] }, asSubject],
  'client secret': [{ slots: ['form client_secret', 'header authorization'], endpoints: authenticated }],
  code_verifier: [{ slots: ['form code_verifier'], endpoints: ['token'] }],
  'personal access token': [{ slots: ['header authorization'], endpoints: api }, asSubject],
  'registration access token': [{ slots: ['header authorization'], endpoints: ['registration'] }],
}

/** Parameters that hold a secret by their name, whatever the value looks like. */
const secretNames: Readonly<Partial<Record<string, SecretKind>>> = {
  client_secret: 'client secret',
  code_verifier: 'code_verifier',
  refresh_token: 'refresh token',
  access_token: 'access token',
  id_token: 'id_token',
}
// The jar is the browser's, and the page cannot help what a cookie of the same host holds.
const spared: ReadonlySet<string> = new Set(['referer', 'cookie'])

/** The secrets a request holds where they do not belong. */
export function findLeaks(sighting: Sighting, find: SecretFinder): Finding[] {
  const findings = new Map<string, Finding>()
  for (const [place, text, name] of listPlaces(sighting)) {
    const named = name === undefined ? undefined : getOwn(secretNames, name)
    for (const kind of new Set([...find(text), ...(named === undefined ? [] : [named])])) {
      if (isInItsPlace(kind, place, sighting)) continue
      const detail = `${kind} ${place.words}`
      findings.set(detail, createFinding(place.rule, sighting, detail))
    }
  }
  return [...findings.values()]
}

function isInItsPlace(kind: SecretKind, { slot }: Place, { endpoint }: Sighting): boolean {
  return uses[kind].some((use) => use.slots.includes(slot) && use.endpoints.includes(endpoint))
}

type Placed = [place: Place, text: string, name?: string]

function listPlaces(sighting: Sighting): Placed[] {
  const { path, query, form, headers } = sighting
  const inPath = path.split('/').map((segment): Placed => {
    return [{ rule: 'leak.url', words: 'in the path', slot: 'path' }, decodeComponent(segment) ?? segment]
  })
  return [
    ...inPath,
    ...listParameters(query, 'leak.url', 'query'),
    ...listParameters(form, 'leak.body', 'form'),
    ...listHeaders(headers),
    ...listBasicCredentials(sighting),
    ...listRefererParts(headers.get('referer')),
  ]
}

function listParameters(
  parameters: RequestParameters,
  rule: Place['rule'],
  part: 'query' | 'form',
): Placed[] {
  return parameters.names.map((name): Placed => {
    const words = part === 'query' ? 'in the query' : 'in the body'
    return [{ rule, words, slot: `${part} ${name}` }, parameters.get(name) ?? '', name]
  })
}

function listHeaders(headers: Headers): Placed[] {
  return [...headers]
    .filter(([name]) => !spared.has(name))
    .map(([name, value]): Placed => {
      const words = `in the header ${name}`
      const place: Place = { rule: 'leak.header', words, slot: `header ${name}` }
      return [place, value.replace(/^Bearer +/i, '')]
    })
}

function listBasicCredentials(sighting: Sighting): Placed[] {
  const words = 'in the header authorization'
  const place: Place = { rule: 'leak.header', words, slot: 'header authorization' }
  return findBasicCredentials(sighting).map((text): Placed => [place, text])
}

/** A Referer is the URL of a page, mostly the callback's. */
function listRefererParts(referer: string | null): Placed[] {
  if (referer === null) return []
  const place: Place = { rule: 'leak.referer', words: 'in the Referer', slot: 'referer' }
  const [beforeHash = '', hash = ''] = referer.split('#')
  const [, query = ''] = beforeHash.split('?')
  const parts = [parseParameters(query), parseParameters(hash)]
  const values = parts.flatMap((part) =>
    part.names.map((name): Placed => [place, part.get(name) ?? '', name]),
  )
  return [[place, referer], ...values]
}

function getOwn<T>(record: Readonly<Partial<Record<string, T>>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
