import {
  amount,
  amountUpTo,
  anyValue,
  boundedDuration,
  either,
  findMemberProblem,
  listOf,
  oneOf,
  textValue,
  wholeNumber,
  type MemberRule,
} from './member-check.js'

const headerName: MemberRule = {
  isValid: (value) => typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(value),
  words: 'the name of a header (RFC 9110 5.1)',
}
const headerValue: MemberRule = {
  isValid: (value) => isScalar(value) && /^[\t\x20-\x7e\x80-\xff]*$/.test(String(value)),
  words: 'the value of a header (RFC 9110 5.5)',
}

// Every parameter of the catalogue and of the scenarios, by its name: a name means the same everywhere.
const parameterRules: Readonly<Record<string, MemberRule>> = {
  audiences: oneOf('one', 'several'),
  body: oneOf('json', 'html', 'empty'),
  by: boundedDuration(100 * 365 * 86_400_000),
  bytes: wholeNumber(0, 100_000_000),
  cache: oneOf('polite', 'stubborn'),
  clientId: textValue,
  engine: oneOf('undici', 'chromium', 'webkit'),
  error: textValue,
  hold: wholeNumber(1),
  ip: textValue,
  location: textValue,
  messages: listOf(anyValue),
  // What a timer takes; more would fire at once.
  ms: amountUpTo(2 ** 31 - 1),
  name: textValue,
  requests: wholeNumber(1),
  retryAfter: either(amount, headerValue),
  scope: textValue,
  seconds: amountUpTo(100 * 365 * 86_400),
  status: wholeNumber(200, 599),
  sub: textValue,
  value: anyValue,
}
// Where one takes less than its name allows.
const narrowerRules: Readonly<Record<string, Readonly<Record<string, MemberRule>>>> = {
  'cb.param.set': { value: { isValid: isScalar, words: 'a text' } },
  'http.header.set': { name: headerName, value: headerValue },
  'jwks.cache-control': { value: headerValue },
  'token.redirect': { status: oneOf(302, 307, 308), location: headerValue },
}

/**
 * What is wrong with parameters for a fault or a scenario, naming the parameter. It has those of its defaults;
 * one that answers with a status can be told an `error` and a `retryAfter` as well.
 */
export function findParameterProblem(
  name: string,
  defaults: object,
  given: Readonly<Record<string, unknown>>,
): string | undefined {
  const answers = name.endsWith('.status') ? ['error', 'retryAfter'] : []
  const names = [...Object.keys(defaults), ...answers]
  const narrower = Object.hasOwn(narrowerRules, name) ? narrowerRules[name] : {}
  const rules = { ...parameterRules, ...narrower }
  const own = names.map((key): [string, MemberRule] => [key, rules[key] ?? anyValue])
  return findMemberProblem(name, given, Object.fromEntries(own))
}

/** Text, or the number that a path makes of text with digits only. */
function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}
