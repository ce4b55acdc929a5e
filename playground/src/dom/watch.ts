/** What `auth.subscribe` and `auth.subscribeActivity` are. */
type Subscribe = (listener: () => void) => () => void

/**
 * Calls `apply` with what is read, now and whenever it is another value.
 *
 * @param signal ends it; without one it lasts as long as the page
 */
export function watch<Value>(
  subscribe: Subscribe,
  read: () => Value,
  apply: (value: Value) => void,
  signal?: AbortSignal,
): void {
  let shown = read()
  apply(shown)
  const unsubscribe = subscribe(() => {
    const value = read()
    if (Object.is(value, shown)) return
    shown = value
    apply(value)
  })
  signal?.addEventListener('abort', unsubscribe)
}
