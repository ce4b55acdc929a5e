import { catalogue, type FaultName } from './catalogue.js'
import type { FaultMatch } from './fault-entry.js'

/** A fault as it is asked for from outside: in a path, over HTTP, on the consent page. */
export interface FaultRequest {
  name: FaultName
  parameters: Readonly<Record<string, unknown>>
  match: FaultMatch
}

const matchTypes: Readonly<Record<keyof FaultMatch, readonly string[]>> = {
  endpoint: ['string'],
  grant: ['string'],
  client: ['string'],
  user: ['string'],
  path: ['string'],
  prompt: ['string'],
  after: ['number'],
  nth: ['number'],
  times: ['number', 'always'],
}

/** Whether there is a fault of this name. */
export function isFaultName(name: unknown): name is FaultName {
  return typeof name === 'string' && Object.hasOwn(catalogue, name)
}

/** Reads `{ name, parameters?, match? }`; a text says what is wrong with it. */
export function parseFaultRequest(value: unknown): FaultRequest | string {
  if (!isRecord(value)) return 'a fault is an object with a name'
  const { name, parameters = {}, match = {} } = value
  if (!isFaultName(name)) return `there is no fault ${JSON.stringify(name)}`
  if (!isRecord(parameters)) return 'parameters is an object'
  if (!isRecord(match)) return 'match is an object'
  const problem = findParameterProblem(name, parameters) ?? findMatchProblem(match)
  return problem ?? { name, parameters, match }
}

// What a default's type says is checked; a member the defaults do not have is the fault's to understand.
function findParameterProblem(name: FaultName, parameters: Record<string, unknown>): string | undefined {
  const defaults = catalogue[name].defaults as Record<string, unknown>
  const wrong = Object.keys(parameters).find((key) => {
    const known = Object.hasOwn(defaults, key) ? defaults[key] : undefined
    return typeof known === 'number' && typeof parameters[key] !== 'number' && key !== 'retryAfter'
  })
  return wrong === undefined ? undefined : `${wrong} of ${name} is a number`
}

function findMatchProblem(match: Record<string, unknown>): string | undefined {
  for (const [key, value] of Object.entries(match)) {
    const types = Object.hasOwn(matchTypes, key) ? matchTypes[key as keyof FaultMatch] : undefined
    if (!types) return `a match has no ${JSON.stringify(key)}`
    if (!types.includes(typeof value) && !types.includes(value as string))
      return `${key} of a match is ${types.join(' or ')}`
  }
  return undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
