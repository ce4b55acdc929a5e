import { isRecord } from '../faults/fault-order.js'
import { findParameterProblem } from '../faults/fault-parameters.js'
import {
  flagValue,
  findMemberProblem,
  listOf,
  oneOf,
  recordValue,
  textValue,
  wholeNumber,
  type MemberRule,
} from '../faults/member-check.js'
import { scenarios } from '../scenarios/start-scenario.js'
import type { MockClient, RegisteredClient } from '../stores/client-store.js'
import type { MockUser } from '../stores/user-store.js'
import { getMember, orRefuse, refuse, toFaultView, type AdminAnswer, type AdminCall } from './admin-answer.js'

const clientRules: Readonly<Record<keyof RegisteredClient, MemberRule>> = {
  client_id: textValue,
  client_name: textValue,
  redirect_uris: listOf(textValue),
  grant_types: listOf(oneOf('authorization_code', 'refresh_token')),
  scope: textValue,
  token_endpoint_auth_method: oneOf('none', 'client_secret_basic', 'client_secret_post'),
  client_secret: textValue,
  client_uri: textValue,
  logo_uri: textValue,
  policy_uri: textValue,
  tos_uri: textValue,
}

const userRules: Readonly<Record<keyof MockUser, MemberRule>> = {
  sub: textValue,
  name: textValue,
  given_name: textValue,
  family_name: textValue,
  preferred_username: textValue,
  email: textValue,
  email_verified: flagValue,
  picture: textValue,
  updated_at: wholeNumber(0),
  workspace_id: textValue,
  claims: recordValue,
}

/** Adds a user, or replaces one. */
export function addUser({ mock, body }: AdminCall): AdminAnswer {
  if (!isRecord(body)) return refuse('a user is an object')
  if (!Object.hasOwn(body, 'sub')) return refuse('sub: a user has one')
  const problem = findMemberProblem('a user', body, userRules)
  if (problem !== undefined) return refuse(problem)
  return orRefuse(() => ({ status: 201, value: mock.users.add(body as unknown as MockUser) }))
}

/** Registers a client, or changes one. */
export function addClient({ mock, body }: AdminCall): AdminAnswer {
  if (!isRecord(body)) return refuse('a client is an object')
  const missing = ['client_id', 'redirect_uris'].find((name) => !Object.hasOwn(body, name))
  if (missing !== undefined) return refuse(`${missing}: a client has one`)
  const problem = findMemberProblem('a client', body, clientRules)
  if (problem !== undefined) return refuse(problem)
  return orRefuse(() => ({
    status: 201,
    value: toClientView(mock.clients.add(body as unknown as MockClient)),
  }))
}

/** Lets a scenario begin. */
export function startNamedScenario({ mock, body }: AdminCall): AdminAnswer {
  const name = getMember(body, 'name')
  const scenario = scenarios.find((entry) => entry.name === name)
  if (!scenario) return refuse(`name: there is no scenario ${JSON.stringify(name)}`)
  const parameters = getMember(body, 'parameters') ?? {}
  if (!isRecord(parameters)) return refuse('parameters is an object')
  const problem = findParameterProblem(scenario.name, scenario.parameters, parameters)
  if (problem !== undefined) return refuse(problem)
  return orRefuse(() => {
    const active = mock.scenario(scenario.name, parameters)
    return { status: 201, value: { name: active.name, faults: active.faults.map(toFaultView) } }
  })
}

/** Makes an issuer of its own below this one, or finds it. */
export function addIssuer({ mock, body }: AdminCall): AdminAnswer {
  const name = getMember(body, 'name')
  if (typeof name !== 'string') return refuse('name: an issuer has a name')
  return orRefuse(() => ({ status: 201, value: { name, issuer: mock.issuerFor(name).issuer } }))
}

/** A secret is set here, and read nowhere. */
export function toClientView({
  client_secret: _secret,
  ...client
}: RegisteredClient): Omit<RegisteredClient, 'client_secret'> {
  return client
}
