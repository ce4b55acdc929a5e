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

const CLIENT = 'spatio.auth:'
const DEVTOOLS = 'spatio-auth-devtools.'

/** What is beside a session, by what follows `{issuer}:{client}#` in its name. */
const SUFFIXES: Readonly<Record<string, string>> = {
  '': 'The session',
  transaction: 'A sign-in under way',
  used: 'A state that was used',
  navigations: 'Times of this tab’s sign-ins',
  silent: 'No more silent sign-ins in this tab',
  'signed-out': 'Mark of a sign-out',
  'last-input': 'Time of the last input',
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

/** The client's before the devtools' own, and a session before what is beside it: its name is the shortest. */
function toRank(key: string): number {
  return key.startsWith(DEVTOOLS) ? Number.MAX_SAFE_INTEGER : key.length
}

function toItem(key: string, value: string, place: StoredItem['place']): StoredItem | undefined {
  const facts = { place, members: listMembers(value), size: value.length }
  if (key.startsWith(DEVTOOLS)) return { kind: 'These devtools', owner: '', ...facts }
  if (!key.startsWith(CLIENT)) return undefined
  // What follows the suffix of a transaction is its state, which is nobody's business.
  const [name = '', suffix = ''] = key.slice(CLIENT.length).split('#')
  const kind = SUFFIXES[suffix.split(':')[0] ?? ''] ?? 'A mark beside the session'
  return { kind, owner: toOwner(name), ...facts }
}

/** `{issuer}:{client}`, of which only the issuer has a slash. */
function toOwner(name: string): string {
  const [, issuer = '', client = ''] = /^(https?:\/\/[^:/]+(?::\d+)?(?:\/[^:]*)?):(.*)$/.exec(name) ?? []
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
