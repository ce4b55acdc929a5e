import { useSpatioAuth, type AuthState } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'

/** Tells a screen reader when the state changes; the page itself shows it. */
export function StatusAnnouncer(): ReactNode {
  const sentence = useSpatioAuth(toSentence)
  return (
    <p className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
      {sentence}
    </p>
  )
}

function toSentence(state: AuthState): string {
  if (state.status === 'loading') return 'Looking for your session'
  if (state.status === 'authenticated')
    return `Signed in as ${state.user.name ?? state.user.email ?? state.user.sub}`
  if (state.status === 'error') return 'Not signed in'
  return state.reason === 'initial' ? 'You are not signed in' : 'You are signed out'
}
