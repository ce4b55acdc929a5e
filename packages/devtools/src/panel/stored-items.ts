/** Something of ours in the browser's storage: what it is, never what it holds. */
export interface StoredItem {
  readonly kind: string
  readonly place: 'sessionStorage' | 'localStorage'
  /** Of issuer and client, where the name says them. */
  readonly owner: string
  /** Of what is a record, by name. */
  readonly members: readonly string[]
  /** In UTF-16 code units. */
  readonly size: number
}

/** How the names of the client and of these devtools begin, in the order in which they are shown. */
const KINDS: readonly (readonly [start: string, kind: string])[] = [
  ['spatio.auth:', 'The session'],
  ['spatio.auth.transaction:', 'A sign-in under way'],
  ['spatio.auth.used:', 'A state that was used'],
  ['spatio-auth-devtools.', 'These devtools'],
]

/** Marks beside a session, by the end of their names. */
const MARKS: Readonly<Record<string, string>> = {
  '#signed-out': 'Mark of a sign-out',
  '#navigations': 'Times of this tab’s sign-ins',
  '#silent': 'No more silent sign-ins in this tab',
  '#last-input': 'Time of the last input',
}

/** All there is of ours in one storage. */
export function listStoredItems(place: StoredItem['place']): StoredItem[] {
  try {
    const storage = window[place]
    const keys = Object.keys(storage).sort((one, other) => toRank(one) - toRank(other))
    return keys.flatMap((key) => toItem(key, storage.getItem(key) ?? '', place) ?? [])
  } catch {
    // The browser gives this page no storage.
    return []
  }
}

function toRank(key: string): number {
  return KINDS.findIndex(([start]) => key.startsWith(start))
}

function toItem(key: string, value: string, place: StoredItem['place']): StoredItem | undefined {
  const found = KINDS.find(([start]) => key.startsWith(start))
  if (found === undefined) return undefined
  const [start, kind] = found
  const mark = Object.keys(MARKS).find((end) => key.endsWith(end))
  const isOwned = start.endsWith(':')
  return {
    kind: (mark !== undefined && MARKS[mark]) || kind,
    place,
    owner: isOwned ? toOwner(key.slice(start.length), mark ?? '') : '',
    members: listMembers(value),
    size: value.length,
  }
}

/** `{issuer}:{client}` without what follows: of a transaction that is its state, which is nobody's business. */
function toOwner(rest: string, mark: string): string {
  const name = rest.slice(0, rest.length - mark.length)
  const [, issuer = '', client = ''] = /^(https?:\/\/[^:/]+(?::\d+)?(?:\/[^:]*)?):([^:]*)/.exec(name) ?? []
  return issuer === '' ? '' : `${client} at ${issuer}`
}

function listMembers(value: string): string[] {
  try {
    const parsed: unknown = JSON.parse(value)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? Object.keys(parsed) : []
  } catch {
    return []
  }
}
