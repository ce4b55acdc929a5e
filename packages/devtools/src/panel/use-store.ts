import { useEffect, useState } from 'preact/hooks'

/** What `get` gives now, and again whenever `subscribe` tells of a change. Both stay the same functions. */
export function useStore<Value extends object>(
  subscribe: (listener: () => void) => () => void,
  get: () => Value,
): Value {
  const [value, setValue] = useState(get)
  useEffect(() => {
    const update = (): void => setValue(get())
    // It may have changed between the first render and now.
    update()
    return subscribe(update)
  }, [subscribe, get])
  return value
}
