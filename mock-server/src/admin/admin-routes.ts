import { faults } from '../faults/catalogue.js'
import { parseFaultRequest } from '../faults/fault-order.js'
import { findMemberProblem, oneOf, textValue, type MemberRule } from '../faults/member-check.js'
import { MockServerError } from '../mock-server-error.js'
import { toMilliseconds, type Duration } from '../mock-clock.js'
import type { MockServer } from '../mock-server.js'
import { endpointNames } from '../pipeline/exchange.js'
import type { RequestFilter } from '../pipeline/request-log.js'
import { scenarios } from '../scenarios/start-scenario.js'
import {
  done,
  getMember,
  notFound,
  ok,
  orRefuse,
  refuse,
  toFaultView,
  type AdminAnswer,
  type AdminCall,
  type AdminRoute,
} from './admin-answer.js'
import { addClient, addIssuer, addUser, startNamedScenario, toClientView } from './set-up-routes.js'

const filterRules: Readonly<Record<keyof RequestFilter, MemberRule>> = {
  endpoint: oneOf(...endpointNames),
  grant: textValue,
  clientId: textValue,
}

/** Every admin request by method and path; `:id` stands for one segment. */
export const adminRoutes: Readonly<Record<string, AdminRoute>> = {
  'GET /catalogue': () => ok(faults),
  'GET /faults': ({ engine }) => ok(engine.list().map(toFaultView)),
  'POST /faults': addFault,
  'DELETE /faults': ({ mock }) => done(mock.clearFaults),
  'DELETE /faults/:id': removeFault,
  'POST /verify': verify,
  'GET /findings': ({ mock }) => ok(mock.findings()),
  'GET /clock': ({ mock }) => ok(toClockView(mock)),
  'POST /clock': advanceClock,
  'GET /keys': ({ mock }) => ok(mock.keys.published()),
  'POST /keys/rotate': rotateKeys,
  'GET /requests': listRequests,
  'DELETE /requests': ({ mock }) => done(mock.clearRequests),
  'GET /users': ({ mock }) => ok(mock.users.list()),
  'POST /users': addUser,
  'DELETE /users/:id': ({ mock, id }) => (mock.users.remove(id) ? { status: 204 } : notFound('user')),
  'GET /clients': ({ mock }) => ok(mock.clients.list().map(toClientView)),
  'POST /clients': addClient,
  'DELETE /clients/:id': ({ mock, id }) => (mock.clients.remove(id) ? { status: 204 } : notFound('client')),
  'GET /scenarios': () => ok(scenarios),
  'POST /scenarios': startNamedScenario,
  'POST /issuers': addIssuer,
  'POST /users/:id/sign-out': ({ mock, id }) => done(() => mock.users.signOutEverywhere(id)),
}

function addFault({ engine, body }: AdminCall): AdminAnswer {
  const request = parseFaultRequest(body)
  if (typeof request === 'string') return refuse(request)
  const { name, parameters, match } = request
  return orRefuse(() => ({
    status: 201,
    value: toFaultView(engine.addNamed(name, parameters, match, false)),
  }))
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
  return orRefuse(() => {
    mock.clock.advance(toMilliseconds(getMember(body, 'advance') as Duration))
    return ok(toClockView(mock))
  })
}

function listRequests({ mock, query }: AdminCall): AdminAnswer {
  const filter = Object.fromEntries(query)
  const problem = findMemberProblem('a filter', filter, filterRules)
  return problem === undefined ? ok(mock.requests(filter as RequestFilter)) : refuse(problem)
}

async function rotateKeys({ mock, body }: AdminCall): Promise<AdminAnswer> {
  const retire = getMember(body, 'retire') ?? 'keep'
  if (retire !== 'keep' && retire !== 'drop') return refuse('retire is keep or drop')
  await mock.keys.rotate({ retire })
  return ok(mock.keys.published())
}

function toClockView({ clock }: MockServer): { now: number } {
  return { now: clock.now() }
}
