import type { Authority } from '../authority.js'
import { MockServerError } from '../mock-server-error.js'
import type { EndpointName, Exchange } from '../pipeline/exchange.js'
import type { Pipeline, Stage, StageValues } from '../pipeline/pipeline.js'
import { catalogue, type FaultName, type FaultParameters } from './catalogue.js'
import type { Fault, FaultContext, FaultScope } from './fault.js'

/** Which requests a fault is for. What is not said is as in the catalogue. */
export interface FaultMatch {
  endpoint?: EndpointName
  grant?: 'authorization_code' | 'refresh_token'
  /** A client_id. */
  client?: string
  /** A user's `sub`. */
  user?: string
  /** Spare the first so many matching requests. @default 0 */
  after?: number
  /** Only the n-th matching request, counted from 1: short for `after: n - 1, times: 1`. */
  nth?: number
  /** How often it strikes. @default 1 */
  times?: number | 'always'
}

/** A fault that has been switched on. `using` switches it off at the end of the block. */
export interface ActiveFault {
  readonly name: FaultName
  /** How often it has struck. */
  readonly applied: number
  /** Switches it off. One that never struck is still reported by `verify()`. */
  remove(): void
  [Symbol.dispose](): void
}

/** Switches faults on and lets them strike. */
export interface FaultEngine {
  readonly pipeline: Pipeline
  add<N extends FaultName>(name: N, parameters?: Partial<FaultParameters<N>>, match?: FaultMatch): ActiveFault
  /** Switches every fault off and forgets what has not struck. */
  clear(): void
  /** @throws MockServerError `fault_unconsumed` when a fault has not struck as often as it should */
  verify(): void
}

interface Entry {
  name: FaultName
  stage: Stage
  match: FaultMatch & FaultScope
  remaining: number
  seen: number
  applied: number
  /** A follower waits for a request that need not come. */
  isFollower: boolean
  change: (value: never, context: FaultContext<never>) => unknown
  parameters: object
}

/** An engine without faults. The authority is asked for late: it needs the engine's pipeline itself. */
export function createFaultEngine(getAuthority: () => Authority): FaultEngine {
  let entries: Entry[] = []
  let missed: Entry[] = []
  const remove = (entry: Entry): void => {
    if (!entries.includes(entry)) return
    entries = entries.filter((other) => other !== entry)
    if (isUnconsumed(entry)) missed.push(entry)
  }
  const follow = (leader: Entry, follower: Entry): void => {
    entries = [...entries, { ...follower, name: leader.name }]
  }
  return {
    pipeline: {
      run: (stage, value, exchange) => runStage(stage, value, exchange, entries, getAuthority(), follow),
    },
    add: (name, parameters = {}, match = {}) => {
      const fault: Fault = catalogue[name]
      const entry = createEntry(name, fault, { ...fault.defaults, ...parameters }, match)
      entries = [...entries, entry]
      return createHandle(entry, remove)
    },
    clear: () => {
      entries = []
      missed = []
    },
    verify: () => {
      const unconsumed = [...missed, ...entries.filter(isUnconsumed)]
      missed = []
      entries = entries.filter((entry) => !isUnconsumed(entry))
      if (unconsumed.length === 0) return
      const names = unconsumed.map((entry) => `${entry.name} (struck ${entry.applied} times)`)
      throw new MockServerError('fault_unconsumed', `No request has met: ${names.join(', ')}`)
    },
  }
}

type Follow = (leader: Entry, follower: Entry) => void

async function runStage<S extends Stage>(
  stage: S,
  value: StageValues[S],
  exchange: Exchange,
  entries: readonly Entry[],
  authority: Authority,
  follow: Follow,
): Promise<StageValues[S]> {
  let current = value
  for (const entry of entries) {
    if (entry.stage !== stage || !isMet(entry, exchange)) continue
    entry.applied += 1
    entry.remaining -= 1
    exchange.appliedFaults.push(entry.name)
    const context: FaultContext<object> = {
      exchange,
      authority,
      parameters: entry.parameters,
      followWith: ({ scope, times, ...follower }) => {
        const template = { ...entry, ...follower, parameters: {}, isFollower: true, seen: 0, applied: 0 }
        follow(entry, { ...template, match: scope, remaining: toCount(times) })
      },
    }
    // The entry's stage is this one, so its change takes and gives what this stage carries.
    const change = entry.change as (value: StageValues[S], context: FaultContext<object>) => unknown
    current = (await change(current, context)) as StageValues[S]
  }
  return current
}

/** Whether this request is one the fault is for, and its turn. */
function isMet(entry: Entry, exchange: Exchange): boolean {
  const { endpoint, grant, method, client, user, after = 0 } = entry.match
  // A preflight carries nothing of the request it precedes; only the CORS faults are for it.
  if (exchange.request.method === 'OPTIONS' && !entry.name.startsWith('cors.')) return false
  if (method !== undefined && method !== exchange.request.method) return false
  if (endpoint !== undefined && endpoint !== exchange.endpoint) return false
  if (grant !== undefined && grant !== exchange.grant) return false
  if (client !== undefined && client !== exchange.clientId) return false
  if (user !== undefined && user !== exchange.sub) return false
  entry.seen += 1
  return entry.seen > after && entry.remaining > 0
}

function createEntry(name: FaultName, fault: Fault, parameters: object, match: FaultMatch): Entry {
  const scope: FaultScope = fault.scope
  const { nth, ...rest } = match
  const turn = nth === undefined ? {} : { after: nth - 1, times: 1 }
  const merged = { ...scope, ...rest, ...turn }
  return {
    name,
    stage: fault.stage,
    match: merged,
    remaining: toCount(merged.times ?? 1),
    seen: 0,
    applied: 0,
    isFollower: false,
    change: (value, context) => fault.change(value, context),
    parameters,
  }
}

function createHandle(entry: Entry, remove: (entry: Entry) => void): ActiveFault {
  return {
    name: entry.name,
    get applied() {
      return entry.applied
    },
    remove: () => remove(entry),
    [Symbol.dispose]: () => remove(entry),
  }
}

function isUnconsumed(entry: Entry): boolean {
  if (entry.isFollower) return false
  return entry.match.times === 'always' ? entry.applied === 0 : entry.remaining > 0
}

function toCount(times: number | 'always'): number {
  return times === 'always' ? Infinity : times
}
