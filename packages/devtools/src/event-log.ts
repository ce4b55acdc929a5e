import type { SpatioAuth, SpatioAuthEvent } from '@spatio-labs/auth'

/** One event, numbered as it came. */
export interface LogEntry {
  readonly id: number
  readonly event: SpatioAuthEvent
}

/** A client's events, newest first. Kept in this tab, so that a sign-in's two halves meet in one time-line. */
export interface EventLog {
  /** The same array until an event arrived. */
  readonly getEntries: () => readonly LogEntry[]
  /** @returns its unsubscribe */
  readonly subscribe: (listener: () => void) => () => void
  readonly clear: () => void
  /** Listens no more. */
  readonly close: () => void
}

const KEY = 'spatio-auth-devtools.events'
const LONGEST = 200

/** Opens the log; what the tab's earlier pages have logged is in it. Events hold no secret. */
export function openEventLog(auth: Pick<SpatioAuth, 'on'>, storage: Storage | null): EventLog {
  const listeners = new Set<() => void>()
  let entries = readEntries(storage)
  const replace = (next: readonly LogEntry[]): void => {
    entries = next
    keepEntries(storage, next)
    for (const listener of listeners) listener()
  }
  const close = auth.on('*', (event) => {
    const id = (entries[0]?.id ?? 0) + 1
    replace([{ id, event }, ...entries].slice(0, LONGEST))
  })
  return {
    getEntries: () => entries,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clear: () => replace([]),
    close,
  }
}

function keepEntries(storage: Storage | null, entries: readonly LogEntry[]): void {
  try {
    storage?.setItem(KEY, JSON.stringify(entries))
  } catch {
    // The storage is full: the time-line then starts anew with the next page.
  }
}

function readEntries(storage: Storage | null): readonly LogEntry[] {
  try {
    const parsed: unknown = JSON.parse(storage?.getItem(KEY) ?? '[]')
    return Array.isArray(parsed) ? parsed.filter(isEntry) : []
  } catch {
    return []
  }
}

function isEntry(value: unknown): value is LogEntry {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('event' in value)) return false
  const { id, event } = value
  if (typeof id !== 'number' || typeof event !== 'object' || event === null) return false
  return 'type' in event && typeof event.type === 'string' && 'at' in event && typeof event.at === 'number'
}
