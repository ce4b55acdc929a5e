import type { ActiveFault, FaultEngine } from '../faults/fault-engine.js'
import { MockServerError } from '../mock-server-error.js'
import type { MockServer } from '../mock-server.js'

/** What an admin request asks for, below `/__mock`. */
export interface AdminCall {
  mock: MockServer
  engine: FaultEngine
  /** The last segment of the path, where the route has one. */
  id: string
  query: URLSearchParams
  /** The JSON body; undefined without one. */
  body: unknown
}

/** What an admin request is answered with; `value` becomes JSON. */
export interface AdminAnswer {
  status: number
  value?: unknown
}

/** Answers an admin request. */
export type AdminRoute = (call: AdminCall) => AdminAnswer | Promise<AdminAnswer>

/** An answer with a value. */
export function ok(value: unknown): AdminAnswer {
  return { status: 200, value }
}

/** Acts, and has nothing to tell. */
export function done(act: () => void): AdminAnswer {
  act()
  return { status: 204 }
}

/** What the caller got wrong. */
export function refuse(problem: string): AdminAnswer {
  return { status: 400, value: { error: 'invalid_request', error_description: problem } }
}

/** There is none of this id. */
export function notFound(what: string): AdminAnswer {
  return { status: 404, value: { error: 'not_found', error_description: `there is no such ${what}` } }
}

/** Acts; what the mock refuses is what the caller got wrong. */
export function orRefuse(act: () => AdminAnswer): AdminAnswer {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof MockServerError)) throw error
    return refuse(error.message)
  }
}

/** A fault as JSON. */
export function toFaultView(fault: ActiveFault): Record<string, unknown> {
  const { id, name, parameters, match, applied } = fault
  return { id, name, parameters, match, applied }
}

/** A member of a JSON value, by own key. */
export function getMember(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}
