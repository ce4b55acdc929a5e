/** The parameters of a query or a form, each with every value it came with. */
export interface RequestParameters {
  /** The value of a parameter; one without a value counts as absent (OAuth 2.1 3.1). */
  get(name: string): string | undefined
  /** Names in order of appearance. */
  readonly names: readonly string[]
  /** Names that came more than once. */
  readonly repeated: readonly string[]
  /** True when a `%` is not followed by two hex digits, or the bytes are not UTF-8. */
  readonly isMalformed: boolean
}

/** Parses `application/x-www-form-urlencoded` text. A Map underneath, so `__proto__` is a name like any other. */
export function parseParameters(encoded: string): RequestParameters {
  const values = new Map<string, string[]>()
  let isMalformed = false
  for (const pair of encoded.split('&')) {
    if (pair === '') continue
    const separator = pair.indexOf('=')
    const name = decodeComponent(separator === -1 ? pair : pair.slice(0, separator))
    const value = decodeComponent(separator === -1 ? '' : pair.slice(separator + 1))
    if (name === undefined || value === undefined) {
      isMalformed = true
      continue
    }
    values.set(name, [...(values.get(name) ?? []), value])
  }
  return {
    get: (name) => values.get(name)?.[0] || undefined,
    names: [...values.keys()],
    repeated: [...values].filter(([, all]) => all.length > 1).map(([name]) => name),
    isMalformed,
  }
}

/** Decodes one form-encoded component; undefined where a lenient parser would guess. */
export function decodeComponent(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
