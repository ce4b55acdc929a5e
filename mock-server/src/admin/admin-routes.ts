import { faults } from '../faults/catalogue.js'
import type { ActiveFault, FaultEngine } from '../faults/fault-engine.js'
import { parseFaultRequest } from '../faults/fault-order.js'
import { MockServerError } from '../mock-server-error.js'
import { toMilliseconds, type Duration } from '../mock-clock.js'
import type { MockServer } from '../mock-server.js'
import type { RequestFilter } from '../pipeline/request-log.js'
import type { MockUser } from '../stores/user-store.js'

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

type AdminRoute = (call: AdminCall) => AdminAnswer | Promise<AdminAnswer>

/** Every admin request by method and path; `:id` stands for one segment. */
export const adminRoutes: Readonly<Record<string, AdminRoute>> = {
  'GET /catalogue': () => ok(faults),
  'GET /faults': ({ engine }) => ok(engine.list().map(toFaultView)),
  'POST /faults': addFault,
  'DELETE /faults': ({ mock }) => done(mock.clearFaults),
  'DELETE /faults/:id': removeFault,
  'POST /verify': verify,
  'GET /clock': ({ mock }) => ok(toClockView(mock)),
  'POST /clock': advanceClock,
  'GET /keys': ({ mock }) => ok(mock.keys.published()),
  'POST /keys/rotate': rotateKeys,
  'GET /requests': ({ mock, query }) => ok(mock.requests(Object.fromEntries(query) as RequestFilter)),
  'DELETE /requests': ({ mock }) => done(mock.clearRequests),
  'GET /users': ({ mock }) => ok(mock.users.list()),
  'POST /users': addUser,
  'DELETE /users/:id': ({ mock, id }) => (mock.users.remove(id) ? { status: 204 } : notFound('user')),
  'POST /users/:id/sign-out': ({ mock, id }) => done(() => mock.users.signOutEverywhere(id)),
}

function addFault({ engine, body }: AdminCall): AdminAnswer {
  const request = parseFaultRequest(body)
  if (typeof request === 'string') return refuse(request)
  const { name, parameters, match } = request
  return { status: 201, value: toFaultView(engine.addNamed(name, parameters, match, false)) }
}

function removeFault({ engine, id }: AdminCall): AdminAnswer {
  const fault = engine.list().find((active) => active.id === id)
  if (!fault) return notFound('fault')
  fault.remove()
  return { status: 204 }
}

function verify({ mock }: AdminCall): AdminAnswer {
  try {
    mock.verify()
    return { status: 204 }
  } catch (error) {
    if (!(error instanceof MockServerError)) throw error
    return { status: 409, value: { error: error.code, error_description: error.message } }
  }
}

function advanceClock({ mock, body }: AdminCall): AdminAnswer {
  const by = getMember(body, 'advance')
  try {
    mock.clock.advance(toMilliseconds(by as Duration))
  } catch (error) {
    if (!(error instanceof MockServerError)) throw error
    return refuse(error.message)
  }
  return ok(toClockView(mock))
}

async function rotateKeys({ mock, body }: AdminCall): Promise<AdminAnswer> {
  const retire = getMember(body, 'retire') ?? 'keep'
  if (retire !== 'keep' && retire !== 'drop') return refuse('retire is keep or drop')
  await mock.keys.rotate({ retire })
  return ok(mock.keys.published())
}

function addUser({ mock, body }: AdminCall): AdminAnswer {
  if (typeof getMember(body, 'sub') !== 'string') return refuse('a user has a sub')
  try {
    return { status: 201, value: mock.users.add(body as MockUser) }
  } catch (error) {
    if (!(error instanceof MockServerError)) throw error
    return refuse(error.message)
  }
}

function toFaultView(fault: ActiveFault): Record<string, unknown> {
  const { id, name, parameters, match, applied } = fault
  return { id, name, parameters, match, applied }
}

function toClockView({ clock }: MockServer): { now: number } {
  return { now: clock.now() }
}

function getMember(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}

function ok(value: unknown): AdminAnswer {
  return { status: 200, value }
}

function done(act: () => void): AdminAnswer {
  act()
  return { status: 204 }
}

function refuse(problem: string): AdminAnswer {
  return { status: 400, value: { error: 'invalid_request', error_description: problem } }
}

function notFound(what: string): AdminAnswer {
  return { status: 404, value: { error: 'not_found', error_description: `there is no such ${what}` } }
}
