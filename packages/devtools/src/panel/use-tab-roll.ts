import { useEffect, useState } from 'preact/hooks'
import type { DevtoolsContext } from './devtools-context.js'
import { openTabRoll, type TabRoll } from './tab-roll.js'

/** Open for as long as the devtools are there, opened or not; null before that. */
export function useTabRoll(auth: DevtoolsContext['auth']): TabRoll | null {
  const [roll, setRoll] = useState<TabRoll | null>(null)
  useEffect(() => {
    const opened = openTabRoll(auth)
    setRoll(opened)
    return () => {
      setRoll(null)
      opened.close()
    }
  }, [auth])
  return roll
}
