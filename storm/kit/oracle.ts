import type { LoggedRequest } from '@spatio-labs/mock-server'
import { askForToken, type Family, type Tab, type TabReport } from './tab.js'
import { DUE_AFTER, LIFETIME, type World } from './world.js'

/** What the storm has cost so far. */
export interface Tally {
  refreshes: number
  /** How often a session's token came due: no more refreshes than these may succeed. */
  expiries: number
  /** Refreshes that a fault answered, or that no answer came to. */
  faults: number
  /** Families that the authority ended. */
  ended: number
  /** Those of them that nobody ended on purpose: the authority saw a spent token again. */
  reused: number
  /** Refreshes that the authority refused, since it had ended the family. */
  refused: number
  tokensServed: number
}

/**
 * The authority's token families decide: a family that it honours has lost no tab, one that it ended keeps none
 * once its token has expired. Every other outcome is a sentence in the list.
 */
export interface Oracle {
  readonly tally: Tally
  /** Before anything happens: which sessions are due, as they stand. */
  readonly note: (reports: ReadonlyMap<Tab, TabReport>) => void
  /** @returns what is wrong; nothing when all is well */
  readonly check: (reports: ReadonlyMap<Tab, TabReport>, step: Step) => Promise<string[]>
}

export interface Step {
  readonly isFair: boolean
  /** The authority ended every session on purpose. */
  readonly endedByAuthority: boolean
}

export function createOracle(world: World): Oracle {
  const tally: Tally = {
    refreshes: 0,
    expiries: 0,
    faults: 0,
    ended: 0,
    reused: 0,
    refused: 0,
    tokensServed: 0,
  }
  let receivedAt = new Map<Family, number>()
  return {
    tally,
    note: (reports) => {
      receivedAt = newestReceipts(reports)
    },
    check: async (reports, { isFair, endedByAuthority }) => {
      for (const at of receivedAt.values())
        if (world.now() - at >= DUE_AFTER * 1000 - 2000) tally.expiries += 1
      markEnded(world, tally, endedByAuthority)
      const problems = [...reports].flatMap(([tab, report]) => judge(world, tab, report, isFair))
      const unserved = isFair ? await serve(world, tally) : new Map<Tab, string>()
      markEnded(world, tally, false)
      for (const [{ name, family }, code] of unserved) {
        if (family.endedAt === null && !family.hasLostTab)
          problems.push(`${name} gets no token in fair weather: ${code}`)
      }
      const found = [...problems, ...count(world, tally)]
      return found.length === 0 ? [] : [...found, ...lastRequests(world)]
    },
  }
}

/** When the newest token of each family arrived. */
function newestReceipts(reports: ReadonlyMap<Tab, TabReport>): Map<Family, number> {
  const newest = new Map<Family, number>()
  for (const [{ family }, { receivedAt }] of reports) {
    if (receivedAt !== null) newest.set(family, Math.max(receivedAt, newest.get(family) ?? 0))
  }
  return newest
}

function markEnded({ mock, tabs, now }: World, tally: Tally, isOnPurpose: boolean): void {
  const living = new Set(mock.grants.list().map(({ id }) => id))
  for (const family of new Set(tabs.map((tab) => tab.family))) {
    if (family.grantId === null || family.endedAt !== null || living.has(family.grantId)) continue
    family.endedAt = now()
    tally.ended += 1
    // A copy whose original is gone has only a spent token left to send (decision 0003).
    if (!isOnPurpose && !family.hasLostTab) tally.reused += 1
  }
}

function judge({ now }: World, { name, family }: Tab, { status, why }: TabReport, isFair: boolean): string[] {
  const tells = `${name} is ${status} (${why ?? '-'})`
  const isIn = status === 'authenticated'
  if (family.grantId === null) return isIn ? [`${tells} after a sign-out`] : []
  if (family.endedAt !== null) {
    const isOverdue = now() - family.endedAt > LIFETIME * 1000
    return isIn && isOverdue && isFair ? [`${tells}, and the authority ended its session`] : []
  }
  if (isIn) return []
  // A copy whose original is gone has nobody to take the session over from (decision 0003).
  const isLoneCopy = why === 'expired' && family.hasLostTab
  return isLoneCopy ? [] : [`${tells}, and the authority honours its session`]
}

/** In fair weather every tab of a living session gets a token. @returns those that got none, and why */
async function serve({ tabs }: World, tally: Tally): Promise<Map<Tab, string>> {
  const unserved = new Map<Tab, string>()
  const signedIn = tabs.filter(({ family }) => family.grantId !== null && family.endedAt === null)
  await Promise.all(
    signedIn.map(async (tab) => {
      const code = await askForToken(tab)
      if (code === null) tally.tokensServed += 1
      else unserved.set(tab, code)
    }),
  )
  return unserved
}

/** For whoever has to find out: what the authority answered last. */
function lastRequests({ mock, now }: World): string[] {
  return mock
    .requests({ endpoint: 'token' })
    .slice(-8)
    .map(
      ({ at, grant, status, error, faults }) =>
        `  ${Math.round((at - now()) / 1000)} s: ${grant ?? '-'} ${status ?? 'no answer'} ${error ?? ''} ${faults.join()}`,
    )
}

function count({ mock, counts }: World, tally: Tally): string[] {
  const asked = mock.requests({ endpoint: 'token', grant: 'refresh_token' })
  const isFault = ({ status, faults }: LoggedRequest): boolean => faults.length > 0 || status === undefined
  tally.refreshes = asked.length
  tally.faults = asked.filter(isFault).length
  tally.refused = asked.filter((one) => !isFault(one) && one.status !== 200).length
  const lost = asked.filter(({ faults }) => faults.includes('refresh.rotated-response-lost')).length
  const isTooMany = asked.length - tally.faults - tally.refused > tally.expiries
  const isRefusedTooOften = tally.refused > tally.ended + counts.closedBusy
  return [
    ...(isTooMany
      ? [`${asked.length} refreshes for ${tally.expiries} expiries and ${tally.faults} faults`]
      : []),
    ...(tally.reused > lost ? [`a spent token was sent ${tally.reused} times for ${lost} lost answers`] : []),
    ...(isRefusedTooOften ? [`${tally.refused} refusals for ${tally.ended} ended sessions`] : []),
  ]
}
