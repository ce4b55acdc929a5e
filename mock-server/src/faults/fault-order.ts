import { catalogue, type FaultName } from './catalogue.js'
import type { FaultMatch } from './fault-entry.js'
import { findParameterProblem } from './fault-parameters.js'
import { either, findMemberProblem, oneOf, textValue, wholeNumber, type MemberRule } from './member-check.js'
import { endpointNames } from '../pipeline/exchange.js'

/** A fault as it is asked for from outside: in a path, over HTTP, on the consent page. */
export interface FaultRequest {
  name: FaultName
  parameters: Readonly<Record<string, unknown>>
  match: FaultMatch
}

const matchRules: Readonly<Record<keyof FaultMatch, MemberRule>> = {
  endpoint: oneOf(...endpointNames),
  grant: oneOf('authorization_code', 'refresh_token'),
  client: textValue,
  user: textValue,
  path: textValue,
  prompt: oneOf('none'),
  after: wholeNumber(0),
  nth: wholeNumber(1),
  times: either(wholeNumber(1), oneOf('always')),
}

/** Whether there is a fault of this name. */
export function isFaultName(name: unknown): name is FaultName {
  return typeof name === 'string' && Object.hasOwn(catalogue, name)
}

/** Reads `{ name, parameters?, match? }`; a text says what is wrong with it. */
export function parseFaultRequest(value: unknown): FaultRequest | string {
  if (!isRecord(value)) return 'a fault is an object with a name'
  const other = Object.keys(value).find((key) => !['name', 'parameters', 'match'].includes(key))
  if (other !== undefined) return `${JSON.stringify(other)} is no member of a fault`
  const { name, parameters = {}, match = {} } = value
  if (!isFaultName(name)) return `there is no fault ${JSON.stringify(name)}`
  if (!isRecord(parameters)) return 'parameters is an object'
  if (!isRecord(match)) return 'match is an object'
  const problem =
    findParameterProblem(name, catalogue[name].defaults, parameters) ??
    findMemberProblem('a match', match, matchRules)
  return problem ?? { name, parameters, match }
}

/** Whether it is an object with members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
