import type { AuthState } from '@spatio-labs/auth-react'
import { useEffect, useRef } from 'react'

/** When one view replaces another, moves the focus to its heading: the button that had it is gone. */
export function useHeadingFocus(status: AuthState['status']): void {
  const before = useRef(status)
  useEffect(() => {
    const isNewView = before.current !== 'loading' && before.current !== status
    before.current = status
    if (isNewView) document.querySelector<HTMLElement>('#main-heading')?.focus({ preventScroll: true })
  }, [status])
}
