import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import type { Pipeline, Stage, StageValues } from '../pipeline/pipeline.js'
import type { LoggedRequest, RequestFilter } from '../pipeline/request-log.js'
import { MockServerError } from '../mock-server-error.js'
import { catalogue, type FaultName, type FaultParameters } from './catalogue.js'
import { parseFaultRequest } from './fault-order.js'
import { isOfWholePort, requireNotOfWholePort } from './whole-port.js'
import type { Fault, FaultContext } from './fault.js'
import {
  createFaultEntry,
  isMet,
  isUnconsumed,
  toCount,
  type FaultEntry,
  type FaultMatch,
} from './fault-entry.js'

/** A fault that has been switched on. `using` switches it off at the end of the block. */
export interface ActiveFault {
  /** Its own, for as long as the mock lives. */
  readonly id: string
  readonly name: FaultName
  readonly parameters: Readonly<Record<string, unknown>>
  readonly match: FaultMatch
  /** How often it has struck. */
  readonly applied: number
  /** The requests received after it first struck: what a budget is compared with. */
  requestsAfter(filter?: RequestFilter): LoggedRequest[]
  /** Switches it off. One that never struck is still reported by `verify()`. */
  remove(): void
  [Symbol.dispose](): void
}

/** Switches faults on and lets them strike. */
export interface FaultEngine {
  readonly pipeline: Pipeline
  /**
   * @throws MockServerError `invalid_option` for a name, parameter or match that there is not, and for a fault that
   *   `canAdd` denies; `addNamed` does too
   */
  add<N extends FaultName>(name: N, parameters?: Partial<FaultParameters<N>>, match?: FaultMatch): ActiveFault
  /** As `add`, for a name and parameters that come from outside; nobody has to meet it when `isOptional`. */
  addNamed(name: FaultName, parameters: object, match: FaultMatch, isOptional: boolean): ActiveFault
  /** Whether this issuer can have the fault: below another, none that strikes before there is a request. */
  canAdd(name: FaultName): boolean
  /** Whether this TLS handshake is to show an expired certificate, which uses up one strike of that fault. */
  takeExpiredHandshake(): boolean
  /** The faults that are switched on and may still strike. */
  list(): ActiveFault[]
  /** Switches every fault off and forgets what has not struck. */
  clear(): void
  /** Switches off and forgets the faults that have not struck as often as they should; in words. */
  takeUnconsumed(): string[]
}

/** The faults that are on. */
interface Switchboard {
  entries: FaultEntry[]
  missed: FaultEntry[]
}

/**
 * An engine without faults. The authority is asked for late: it needs the engine's pipeline itself. `place`: whether
 * its issuer has the port, or a path below another one's.
 */
export function createFaultEngine(
  getAuthority: () => Authority,
  place: 'port' | 'path' = 'port',
): FaultEngine {
  const board: Switchboard = { entries: [], missed: [] }
  let count = 0
  const addNamed: FaultEngine['addNamed'] = (name, parameters, match, isOptional) => {
    requireFault({ name, parameters, match })
    if (place === 'path') requireNotOfWholePort(name)
    count += 1
    const fault: Fault = catalogue[name]
    const order = { id: `f${count}`, name, fault, parameters, match, isOptional }
    const entry = createFaultEntry(order, getAuthority())
    board.entries = [...board.entries, entry]
    return createHandle(entry, board, getAuthority)
  }
  return {
    pipeline: {
      run: (stage, value, exchange) => runStage(stage, value, exchange, board, getAuthority()),
      // Not at once after the last strike: what is still to come of that exchange is part of it.
      end: () => switchOff(board, (entry) => entry.remaining === 0),
    },
    takeExpiredHandshake: () => takeExpiredHandshake(board, getAuthority()),
    add: (name, parameters = {}, match = {}) => addNamed(name, parameters, match, false),
    addNamed,
    canAdd: (name) => place === 'port' || !isOfWholePort(name),
    list: () =>
      board.entries
        .filter((entry) => !entry.isFollower)
        .map((entry) => createHandle(entry, board, getAuthority)),
    clear: () => {
      switchOff(board, () => true)
      board.missed = []
    },
    takeUnconsumed: () => takeUnconsumed(board),
  }
}

/** @throws MockServerError `invalid_option` for what the types of a caller did not refuse */
function requireFault(request: { name: FaultName; parameters: object; match: FaultMatch }): void {
  const problem = parseFaultRequest(request)
  if (typeof problem === 'string') throw new MockServerError('invalid_option', problem)
}

// A handshake has no endpoint, client or user yet: a fault that is matched by one waits for the request.
function takeExpiredHandshake(board: Switchboard, authority: Authority): boolean {
  const isForAll = ({ match }: FaultEntry): boolean =>
    Object.keys(match).every((key) => ['times', 'after'].includes(key))
  const entry = board.entries.find((one) => one.name === 'transport.tls-expired' && isForAll(one))
  if (!entry) return false
  entry.seen += 1
  if (entry.seen <= (entry.match.after ?? 0) || entry.remaining <= 0) return false
  entry.applied += 1
  entry.remaining -= 1
  entry.struckAt ??= authority.log.lastId()
  switchOff(board, (one) => one.remaining === 0)
  return true
}

function switchOff(board: Switchboard, isOff: (entry: FaultEntry) => boolean): FaultEntry[] {
  const off = board.entries.filter(isOff)
  if (off.length === 0) return off
  board.entries = board.entries.filter((entry) => !off.includes(entry))
  for (const entry of off) entry.end()
  return off
}

function takeUnconsumed(board: Switchboard): string[] {
  const unconsumed = [...board.missed, ...switchOff(board, isUnconsumed)]
  board.missed = []
  return unconsumed.map((entry) => `${entry.name} (struck ${entry.applied} times)`)
}

async function runStage<S extends Stage>(
  stage: S,
  value: StageValues[S],
  exchange: Exchange,
  board: Switchboard,
  authority: Authority,
): Promise<StageValues[S]> {
  let current = value
  for (const entry of board.entries) {
    if (entry.stage !== stage || !isMet(entry, exchange, authority)) continue
    entry.applied += 1
    entry.remaining -= 1
    entry.struckAt ??= authority.log.lastId()
    exchange.appliedFaults.push(entry.name)
    // The entry's stage is this one, so its change takes and gives what this stage carries.
    const change = entry.change as (value: StageValues[S], context: FaultContext<object>) => unknown
    current = (await change(current, createContext(entry, exchange, board, authority))) as StageValues[S]
  }
  return current
}

function createContext(
  entry: FaultEntry,
  exchange: Exchange,
  board: Switchboard,
  authority: Authority,
): FaultContext<object> {
  return {
    exchange,
    authority,
    parameters: entry.parameters,
    followWith: ({ scope, times, ...follower }) => {
      const template = {
        ...entry,
        ...follower,
        parameters: {},
        isOptional: true,
        isFollower: true,
        seen: 0,
        applied: 0,
      }
      const end = (): void => undefined
      board.entries = [...board.entries, { ...template, match: scope, remaining: toCount(times), end }]
    },
  }
}

function createHandle(entry: FaultEntry, board: Switchboard, getAuthority: () => Authority): ActiveFault {
  const remove = (): void => {
    // Its second parts have the same id and go with it.
    board.missed.push(...switchOff(board, (other) => other.id === entry.id).filter(isUnconsumed))
  }
  return {
    id: entry.id,
    name: entry.name,
    parameters: { ...entry.parameters },
    match: { ...entry.match },
    get applied() {
      return entry.applied
    },
    requestsAfter: (filter) => {
      const { struckAt } = entry
      if (struckAt === undefined) return []
      return getAuthority()
        .log.list(filter)
        .filter((request) => request.id > struckAt)
    },
    remove,
    [Symbol.dispose]: remove,
  }
}
