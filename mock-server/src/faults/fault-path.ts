import { parseFaultRequest, type FaultRequest } from './fault-order.js'
import { isOfWholePort, requireNotOfWholePort, toWholePortProblem } from './whole-port.js'

/*
 * Faults as one segment of a path, so that an issuer can have them in its name:
 *
 *   segment = fault *( ":" fault )
 *   fault   = name *( "&" key "=" value )
 *   key     = a parameter of the fault, or "match." and a member of a match
 *   value   = JSON where it is JSON, else text; percent-encoded
 *
 *   token.status&status=429&retryAfter=5&match.grant=refresh_token:disc.slow&ms=10
 *
 * No separator may be a semicolon: it would end the Path of a cookie.
 */

/** The segment for faults. @throws MockServerError `invalid_option` for one that a path cannot have */
export function toFaultSegment(faults: readonly FaultRequest[]): string {
  for (const { name } of faults) requireNotOfWholePort(name)
  return faults.map(toFaultText).join(':')
}

/** The faults a segment names; a text says what is wrong with it. */
export function parseFaultSegment(segment: string): FaultRequest[] | string {
  const requests: FaultRequest[] = []
  for (const text of segment.split(':')) {
    const request = parseFaultText(text)
    if (typeof request === 'string') return request
    if (isOfWholePort(request.name)) return toWholePortProblem(request.name)
    requests.push(request)
  }
  return requests
}

function toFaultText({ name, parameters, match }: FaultRequest): string {
  const members = [
    ...Object.entries(parameters),
    ...Object.entries(match).map(([key, value]): [string, unknown] => [`match.${key}`, value]),
  ].filter(([, value]) => value !== undefined)
  const texts = members.map(([key, value]) => `&${encode(key)}=${encode(toValueText(value))}`)
  return encode(name) + texts.join('')
}

function parseFaultText(text: string): FaultRequest | string {
  const [name = '', ...pairs] = text.split('&')
  const parameters: [string, unknown][] = []
  const match: [string, unknown][] = []
  try {
    for (const pair of pairs) {
      const separator = pair.indexOf('=')
      if (separator === -1) return `"${pair}" has no value`
      const key = decodeURIComponent(pair.slice(0, separator))
      const value = parseValueText(decodeURIComponent(pair.slice(separator + 1)))
      if (key.startsWith('match.')) match.push([key.slice('match.'.length), value])
      else parameters.push([key, value])
    }
    return parseFaultRequest({
      name: decodeURIComponent(name),
      parameters: Object.fromEntries(parameters),
      match: Object.fromEntries(match),
    })
  } catch {
    return 'the path is not well encoded'
  }
}

/** Text stays text unless it would be read as JSON. */
function toValueText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return parseValueText(value) === value ? value : JSON.stringify(value)
}

function parseValueText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** A plus needs no encoding in a path, and several names have one. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%2B', '+')
}
