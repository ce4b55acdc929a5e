import type { Activity, AuthState } from '@spatio-labs/auth'

export const STATUS_WORDS: Record<AuthState['status'], string> = {
  loading: 'Loading',
  authenticated: 'Signed in',
  unauthenticated: 'Signed out',
  error: 'Not signed in',
}

/** What is under way; empty when nothing is. */
export function toDoing({ isRefreshing, pending }: Activity): string {
  if (pending === 'sign-in') return 'signing in'
  if (pending === 'callback') return 'checking the answer'
  if (pending === 'sign-out') return 'signing out'
  return isRefreshing ? 'refreshing' : ''
}
