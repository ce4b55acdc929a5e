import { toMilliseconds, type Duration } from '../mock-clock.js'

/** What a member given from outside may be: a test, and its words. */
export interface MemberRule {
  isValid(value: unknown): boolean
  words: string
}

/** Any value JSON has. */
export const anyValue: MemberRule = { isValid: () => true, words: 'any value' }
/** Text. */
export const textValue: MemberRule = { isValid: (value) => typeof value === 'string', words: 'a text' }
/** True or false. */
export const flagValue: MemberRule = {
  isValid: (value) => typeof value === 'boolean',
  words: 'true or false',
}
/** An object with members. */
export const recordValue: MemberRule = {
  isValid: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  words: 'an object',
}
/** A number that counts or measures something. */
export const amount: MemberRule = {
  isValid: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
  words: 'a number of 0 or more',
}

/** A number that measures something, up to a bound past which nothing sensible happens. */
export function amountUpTo(maximum: number): MemberRule {
  return {
    isValid: (value) => amount.isValid(value) && Number(value) <= maximum,
    words: `a number from 0 to ${maximum}`,
  }
}

/** A length of time, as `clock.advance` takes it, up to so many milliseconds. */
export function boundedDuration(maximum: number): MemberRule {
  return {
    isValid: (value) => Math.abs(readDuration(value)) <= maximum,
    words: `a duration such as 500ms, 30s or 61m, up to ${maximum / 86_400_000}d`,
  }
}

/** A whole number within bounds. */
export function wholeNumber(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): MemberRule {
  const isBounded = maximum !== Number.MAX_SAFE_INTEGER
  return {
    isValid: (value) => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
    words: `a whole number ${isBounded ? `from ${minimum} to ${maximum}` : `of ${minimum} or more`}`,
  }
}

/** One of these values. */
export function oneOf(...values: readonly unknown[]): MemberRule {
  return { isValid: (value) => values.includes(value), words: `one of ${values.join(', ')}` }
}

/** Either of two. */
export function either(one: MemberRule, other: MemberRule): MemberRule {
  return {
    isValid: (value) => one.isValid(value) || other.isValid(value),
    words: `${one.words} or ${other.words}`,
  }
}

/** A list of what the rule says. */
export function listOf(rule: MemberRule): MemberRule {
  return {
    isValid: (value) => Array.isArray(value) && value.every((item) => rule.isValid(item)),
    words: `a list, each ${rule.words}`,
  }
}

/** What is wrong with the members of something, naming the member; undefined when nothing is. */
export function findMemberProblem(
  what: string,
  given: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, MemberRule>>,
): string | undefined {
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    if (!rule) return `${JSON.stringify(name)} is no member of ${what}`
    if (!rule.isValid(value)) return `${name} of ${what} is ${rule.words}`
  }
  return undefined
}

/** Milliseconds; NaN for what is no duration. */
function readDuration(value: unknown): number {
  if (typeof value !== 'number' && typeof value !== 'string') return Number.NaN
  try {
    return toMilliseconds(value as Duration)
  } catch {
    return Number.NaN
  }
}
