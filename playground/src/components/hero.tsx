import { useSpatioAuth, type AuthState } from '@spatio-labs/auth-react'
import { useCallback, type ReactNode } from 'react'
import { useAction } from '../use-action'
import { ActionButton } from './action-button'
import { OrbitMark } from './orbit-mark'
import { OrbitPicture } from './orbit-picture'

interface HeroProps {
  readonly onProblem: (error: unknown) => void
}

/** What who is not signed in sees. */
export function Hero({ onProblem }: HeroProps): ReactNode {
  const { signIn, preload, ...state } = useSpatioAuth()
  const signingIn = useAction(
    useCallback(() => signIn(), [signIn]),
    onProblem,
  )
  const openingPopup = useAction(
    useCallback(() => signIn({ mode: 'popup' }), [signIn]),
    onProblem,
  )
  // Only a head start: the click loads the same chunk and reports what fails.
  const warmUp = () => void preload().catch(() => undefined)
  const farewell = toFarewell(state)
  return (
    <section className="hero" aria-labelledby="main-heading">
      <div className="hero-text">
        {farewell !== null && <p className="hero-farewell">{farewell}</p>}
        <h1 id="main-heading" tabIndex={-1}>
          One sign-in, and everything it does in plain sight.
        </h1>
        <p className="hero-lead">
          Sign in with Spatio, come back, and watch: every request, every refresh, every check as it happens.
        </p>
        <div className="hero-actions">
          <ActionButton action={signingIn} kind="primary" onHover={warmUp}>
            <OrbitMark />
            {signingIn.isRunning ? 'Taking you to Spatio…' : 'Sign in with Spatio'}
          </ActionButton>
          <ActionButton action={openingPopup} onHover={warmUp}>
            {openingPopup.isRunning ? 'Waiting for the popup…' : 'Sign in in a popup'}
          </ActionButton>
          <p>No password to make up. The mock has three people to choose from.</p>
        </div>
      </div>
      <OrbitPicture />
      <Steps />
    </section>
  )
}

const STEPS = [
  ['You leave for Spatio', 'with a fresh state, nonce and PKCE challenge'],
  ['You choose', 'who you are, and what this page may read'],
  ['You come back', 'with a code, exchanged once and checked'],
  ['You stay', 'the token renews in silence, in one tab or ten'],
] as const

function Steps(): ReactNode {
  return (
    <ol className="hero-steps">
      {STEPS.map(([title, detail]) => (
        <li key={title}>
          <strong>{title}</strong>
          <span>{detail}</span>
        </li>
      ))}
    </ol>
  )
}

function toFarewell(state: AuthState): string | null {
  if (state.status !== 'unauthenticated') return null
  switch (state.reason) {
    case 'initial':
      return null
    case 'signed-out':
      return 'You are signed out. The next sign-in asks who you are.'
    case 'signed-out-elsewhere':
      return 'You signed out in another tab, so this one followed.'
    case 'user-changed':
      return 'Another user signed in, so this session ended.'
    case 'storage-cleared':
      return 'The stored session was removed, so you are signed out.'
    case 'expired':
    case 'revoked':
    case 'idle':
      return 'Your session has ended. Sign in to go on.'
  }
}
