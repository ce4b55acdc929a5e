import { completeOptions } from '../complete-options.js'
import type { SpatioAuthErrorCode } from '../error-code.js'
import { toDocs } from '../errors.js'
import { describeError } from '../messages.development.js'
import type { Tab } from '../session/tab.js'
import { storageKey, itemKey } from '../storage-names.js'
import type { Front } from './front.js'
import { storedNames } from './take-callback.js'

/** The client that runs in a page under a storage key; the page is told by its `location`. */
const running = new WeakMap<object, Map<string, Front>>()
/** What a client has told in this page. */
const told = new WeakMap<Tab, SpatioAuthErrorCode[]>()

/** Development: looks for mistakes of a first run that make no call fail, and tells each once in a page. */
export function tellMistakes(front: Front): void {
  if (front.isDisposed) return
  tellDuplicate(front)
  tellOverdue(front)
}

/** Two clients on one key share what they store, and the first to start takes the other's callback. */
function tellDuplicate(front: Front): void {
  const { options, environment } = front.tab
  const clients = running.get(environment.location) ?? new Map<string, Front>()
  running.set(environment.location, clients)
  const other = clients.get(storageKey(options))
  if (other === undefined || other.isDisposed) clients.set(storageKey(options), front)
  else if (other !== front) tell(front, 'client_duplicate', options.clientId)
}

/** The user left for the authority, and nothing came back: an error page there, or no client where they came back. */
function tellOverdue(front: Front): void {
  const { options, environment, session } = front.tab
  // Who is signed in has seen that it works: what is left over was abandoned.
  if (session !== null) return
  const prefix = itemKey(options, 'transaction:')
  const begunBefore = environment.now() / 1000 - completeOptions(options).transactionLifetime
  const overdue = storedNames(front.tab, prefix)
    .map((state) => readTransaction(front, prefix + state))
    .find(({ created }) => created < begunBefore)
  if (overdue !== undefined) tell(front, 'callback_overdue', overdue.redirectUri)
}

/** When it began, and where its answer was to arrive, without a query: it may hold what is the app's. */
function readTransaction({ tab }: Front, key: string): { created: number; redirectUri: string } {
  try {
    const text = tab.environment.openStorage('session').getItem(key) ?? ''
    const { created, redirect_uri: uri } = JSON.parse(text) as { created: number; redirect_uri: string }
    return { created, redirectUri: uri.replace(/\?.*/, '') }
  } catch {
    return { created: Infinity, redirectUri: '' }
  }
}

function tell(front: Front, code: SpatioAuthErrorCode, detail: string): void {
  const before = told.get(front.tab) ?? []
  if (before.includes(code)) return
  told.set(front.tab, [...before, code])
  front.emit('warning', { code })
  // The one place that writes to the console: an app in development may listen to no event yet.
  // eslint-disable-next-line no-console
  console.warn(describeError(code, detail, toDocs(code)))
}
