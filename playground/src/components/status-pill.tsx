import { useSpatioAuth, useSpatioAuthActivity, type Activity, type AuthState } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'

/** The state in one word, with what is under way. */
export function StatusPill(): ReactNode {
  const status = useSpatioAuth((state) => state.status)
  const activity = useSpatioAuthActivity()
  const doing = toDoing(activity)
  return (
    <p className="status-pill" data-status={status} data-busy={doing !== null}>
      <span className="status-dot" aria-hidden="true" />
      <span data-testid="status">{STATUS_WORDS[status]}</span>
      {doing !== null && <span className="status-doing">{doing}</span>}
    </p>
  )
}

const STATUS_WORDS: Record<AuthState['status'], string> = {
  loading: 'Loading',
  authenticated: 'Signed in',
  unauthenticated: 'Signed out',
  error: 'Not signed in',
}

function toDoing({ isRefreshing, pending }: Activity): string | null {
  if (pending === 'sign-in') return 'leaving for Spatio'
  if (pending === 'callback') return 'checking the answer'
  if (pending === 'sign-out') return 'signing out'
  return isRefreshing ? 'refreshing' : null
}
