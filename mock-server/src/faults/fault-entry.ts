import type { Authority } from '../authority.js'
import type { EndpointName, Exchange } from '../pipeline/exchange.js'
import type { Stage } from '../pipeline/pipeline.js'
import { findClientId, findSub } from './identify-exchange.js'
import type { FaultName } from './catalogue.js'
import type { Fault, FaultContext, FaultScope } from './fault.js'

/** Which requests a fault is for. What is not said is as in the catalogue. */
export interface FaultMatch {
  endpoint?: EndpointName
  grant?: 'authorization_code' | 'refresh_token'
  /** A client_id: of the request itself, or of what it presents (a code, a token, a session). */
  client?: string
  /** A user's `sub`, known as soon as the request presents something of theirs. */
  user?: string
  /** A path below the issuer, exactly: `/oauth2/token`. */
  path?: string
  /** Only authorization requests with `prompt=none`. */
  prompt?: 'none'
  /** Spare the first so many matching requests. @default 0 */
  after?: number
  /** Only the n-th matching request, counted from 1: short for `after: n - 1, times: 1`. */
  nth?: number
  /** How often it strikes. @default 1, or what the catalogue says */
  times?: number | 'always'
}

/** A fault that is switched on. */
export interface FaultEntry {
  id: string
  name: FaultName
  stage: Stage
  match: FaultMatch & FaultScope
  remaining: number
  seen: number
  applied: number
  /** How many requests the log had when it first struck. */
  struckAt: number | undefined
  /** Nobody has to meet it: a second part of a fault, or one that stands for a whole issuer. */
  isOptional: boolean
  /** A second part, under the id of the first. */
  isFollower: boolean
  change: (value: never, context: FaultContext<never>) => unknown
  end: () => void
  parameters: object
}

/** What a fault is switched on with. */
export interface FaultOrder {
  id: string
  name: FaultName
  fault: Fault
  parameters: object
  match: FaultMatch
  isOptional: boolean
}

/** Switches a fault on. */
export function createFaultEntry(order: FaultOrder, authority: Authority): FaultEntry {
  const { fault, match } = order
  const { nth, ...rest } = match
  const turn = nth === undefined ? {} : { after: nth - 1, times: 1 }
  const merged: FaultEntry['match'] = { times: fault.times ?? 1, ...fault.scope, ...rest, ...turn }
  const parameters = { ...fault.defaults, ...order.parameters }
  const effect = fault.begin?.({ authority, parameters }) ?? { ...fault, end: () => undefined }
  return {
    id: order.id,
    name: order.name,
    stage: fault.stage,
    match: merged,
    remaining: toCount(merged.times ?? 1),
    seen: 0,
    applied: 0,
    struckAt: undefined,
    isOptional: order.isOptional,
    isFollower: false,
    change: (value, context) => effect.change(value, context),
    end: () => effect.end(),
    parameters,
  }
}

/** Whether this request is one the fault is for, and its turn; counts the ones it is for. */
export function isMet(entry: FaultEntry, exchange: Exchange, authority: Authority): boolean {
  if (!isFor(entry, exchange, authority)) return false
  entry.seen += 1
  return entry.seen > (entry.match.after ?? 0) && entry.remaining > 0
}

/** Whether the fault has not struck as often as it should. */
export function isUnconsumed(entry: FaultEntry): boolean {
  if (entry.isOptional) return false
  return entry.match.times === 'always' ? entry.applied === 0 : entry.remaining > 0
}

/** How often, as a number. */
export function toCount(times: number | 'always'): number {
  return times === 'always' ? Infinity : times
}

function isFor({ name, match }: FaultEntry, exchange: Exchange, authority: Authority): boolean {
  const { endpoint, grant, method, path, prompt, client, user } = match
  // A preflight carries nothing of the request it precedes; only the CORS faults are for it.
  if (exchange.request.method === 'OPTIONS' && !name.startsWith('cors.')) return false
  if (method !== undefined && method !== exchange.request.method) return false
  if (endpoint !== undefined && endpoint !== exchange.endpoint) return false
  if (grant !== undefined && grant !== exchange.grant) return false
  if (path !== undefined && path !== exchange.path) return false
  if (prompt !== undefined && prompt !== exchange.query.get('prompt')) return false
  if (client !== undefined && client !== findClientId(exchange, authority)) return false
  return user === undefined || user === findSub(exchange, authority)
}
