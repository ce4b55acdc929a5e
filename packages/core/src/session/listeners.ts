/** Who is told of a change. */
export interface Listeners<Told> {
  /** @returns its unsubscribe */
  readonly add: (listener: (told: Told) => void) => () => void
  /** Tells whoever listened when it began. */
  readonly tell: (told: Told) => void
}

export function createListeners<Told>(): Listeners<Told> {
  const entries = new Set<(told: Told) => void>()
  return {
    add: (listener) => {
      // An entry of its own, so that one function subscribed twice is two subscriptions.
      const entry = (told: Told): void => listener(told)
      entries.add(entry)
      return () => void entries.delete(entry)
    },
    tell: (told) => {
      for (const entry of [...entries]) entry(told)
    },
  }
}
