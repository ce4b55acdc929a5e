import { useEffect, useState } from 'preact/hooks'

const SECOND = 1000

/** The device's clock (ms since the epoch), anew each second. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND)
    return () => clearInterval(timer)
  }, [])
  return now
}
