import type { Environment } from '../environment.js'
import type { ResolvedOptions } from '../options.js'
import { storageKey } from '../storage-names.js'

/** Input is told to the other tabs at most this often (ms), or ten times within `idleTimeout` if that is less. */
const LONGEST_SILENCE = 5000

const INPUT = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
const LIFE = ['visibilitychange', 'pageshow', 'focus'] as const

export interface IdleWatch {
  /** Somebody was there, ms by the wall clock: a sign-in is a sign of life. Told to all tabs, where it is news. */
  readonly tell: (at: number) => void
  /** Looks at the clocks, and goes on counting. */
  readonly look: () => void
  /** Nobody has been there for `idleTimeout`, in any tab. */
  readonly isOver: () => boolean
  readonly close: () => void
}

/**
 * Tells when nobody has used the app for `idleTimeout` seconds, in any tab: the last input is kept beside the session
 * for all of them. Over if the wall or the monotonic clock says so, and looked at whenever the page wakes: no timer
 * is trusted.
 */
export function createIdleWatch(
  options: ResolvedOptions,
  environment: Environment,
  onIdle: () => void,
): IdleWatch | null {
  const { idleTimeout } = options
  if (idleTimeout === undefined) return null
  const limit = idleTimeout * 1000
  const lastInput = openLastInput(options, environment)
  const idleFor = (): number => lastInput.age()
  let cancel: () => void = () => undefined
  const look = (): void => {
    cancel()
    if (idleFor() >= limit) onIdle()
    else cancel = environment.setTimer(look, limit - idleFor())
  }
  const hear = (): void => {
    // Input after the end does not undo it: the timer may have been late.
    if (idleFor() >= limit) return look()
    if (idleFor() >= Math.min(LONGEST_SILENCE, limit / 10)) lastInput.tell(environment.now())
  }
  const unlisten = [
    ...INPUT.map((type) => environment.listen(type, hear)),
    ...LIFE.map((type) => environment.listen(type, look)),
  ]
  return {
    tell: (at) => {
      if (environment.now() - at <= idleFor()) lastInput.tell(at)
    },
    look,
    isOver: () => idleFor() >= limit,
    close: () => {
      cancel()
      for (const stop of unlisten) stop()
      lastInput.close()
    },
  }
}

/** The time of the last input in any tab; in this one only where storage is blocked. */
function openLastInput(
  options: ResolvedOptions,
  { now, monotonic, openStorage, listen }: Environment,
): { readonly age: () => number; readonly tell: (at: number) => void; readonly close: () => void } {
  const key = `${storageKey(options)}#last-input`
  const read = (): number | null => {
    try {
      const text = openStorage('local').getItem(key)
      return text === null ? null : Number(text)
    } catch {
      return null
    }
  }
  let heardAt = monotonic()
  let wall = read()
  const hear = (at: number): void => {
    wall = at
    heardAt = monotonic()
  }
  const tell = (at: number): void => {
    hear(at)
    try {
      openStorage('local').setItem(key, String(at))
    } catch {
      // This tab then counts for itself.
    }
  }
  if (wall === null || !Number.isFinite(wall)) tell(now())
  const age = (): number => {
    const stored = read()
    if (stored !== null && stored !== wall) hear(stored)
    return Math.max(now() - (wall ?? now()), monotonic() - heardAt)
  }
  const close = listen('storage', (event) => {
    if ((event as StorageEvent).key === key) age()
  })
  return { age, tell, close }
}
