import casesJson from '../cases.json' with { type: 'json' }
import notApplicableJson from '../cases-not-applicable.json' with { type: 'json' }

/** How a case may end, as its list says. */
export type ListedOutcome =
  | { readonly kind: 'accept' | 'ignore' | 'retry' | 'stated' }
  | { readonly kind: 'keep'; readonly code?: string }
  | { readonly kind: 'reject'; readonly code?: string; readonly codePrefix?: string }
  | { readonly kind: 'signout'; readonly reason?: string; readonly reasonPrefix?: string }
  | { readonly kind: 'answer'; readonly statuses?: readonly number[]; readonly errors?: readonly string[] }

/** One row of the requirement lists. */
export interface RequiredCase {
  readonly id: string
  readonly side: 'client' | 'server'
  readonly group: string
  readonly priority: string
  readonly slug: string
  readonly title: string
  /** The outcome in the list's own words. */
  readonly listed: string
  /** Why the outcomes differ from those words, or how they are to be read. */
  readonly override?: string
  readonly outcomes: readonly ListedOutcome[]
}

export const cases: readonly RequiredCase[] = casesJson as readonly RequiredCase[]

/** Ids that do not apply to Spatio, each with the fact that says why. */
export const notApplicable: Readonly<Record<string, string>> = notApplicableJson

const byId = new Map(cases.map((entry) => [entry.id, entry]))

/** @throws Error for an id that no list has, or that does not apply */
export function requireCase(id: string): RequiredCase {
  const found = byId.get(id)
  if (found === undefined) throw new Error(`${id} is in no case list`)
  const why = notApplicable[id]
  if (why !== undefined) throw new Error(`${id} does not apply: ${why}`)
  return found
}
