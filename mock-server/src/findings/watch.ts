import type { Exchange } from '../pipeline/exchange.js'
import { findLeaks } from './find-leaks.js'
import type { Finding } from './finding.js'
import { lintAuthorizationRequests } from './lint-authorization-requests.js'
import { lintTokenRequests } from './lint-token-requests.js'
import { createSecretFinder, type SecretHolder } from './secrets.js'
import { toSighting, type Sighting } from './sighting.js'

/** Remembers what clients sent, and says what was wrong with it when it is asked. */
export interface Watch {
  /** Notes a request under its id in the log. Nothing is looked at yet: that costs no request its time. */
  note(exchange: Exchange, id: number): Sighting
  /** What was wrong with the requests that are still remembered, oldest first. */
  findings(): Finding[]
  /** Those that were not among what this gave before. */
  takeNew(): Finding[]
}

// Enough for any test; the requests before are forgotten, with the secrets in them.
const capacity = 1_000

/** A watch over an authority, which is asked for late: the watch is a part of it. */
export function createWatch(getHolder: () => SecretHolder): Watch {
  let sightings: Sighting[] = []
  let taken: ReadonlySet<string> = new Set()
  const findings = (): Finding[] => inspect(sightings, getHolder())
  return {
    note: (exchange, id) => {
      const sighting = toSighting(exchange, id)
      sightings.push(sighting)
      if (sightings.length > capacity * 2) sightings = sightings.slice(-capacity)
      return sighting
    },
    findings,
    takeNew: () => {
      const all = findings()
      const fresh = all.filter((finding) => !taken.has(toKey(finding)))
      taken = new Set(all.map(toKey))
      return fresh
    },
  }
}

function inspect(sightings: readonly Sighting[], holder: SecretHolder): Finding[] {
  const find = createSecretFinder(holder, sightings)
  const findGrantedScope = (token: string): string | undefined =>
    holder.grants.getRefreshToken(token)?.grant.scope
  return [
    ...sightings.flatMap((sighting) => findLeaks(sighting, find)),
    ...lintAuthorizationRequests(sightings),
    ...lintTokenRequests(sightings, findGrantedScope),
  ].sort((one, other) => one.request - other.request)
}

function toKey({ request, rule, detail }: Finding): string {
  return `${request} ${rule} ${detail}`
}
