import { useSpatioAuth } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'
import { describeFarewell } from '../describe-farewell'
import { HERO_STEPS } from '../hero-steps'
import { ActionButton } from './action-button'

/** What who is not signed in sees. */
export function Hero(): ReactNode {
  const { signIn, preload } = useSpatioAuth()
  const farewell = useSpatioAuth(describeFarewell)
  // Only a head start: the click loads the same chunk and reports what fails.
  const warmUp = () => void preload().catch(() => undefined)
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
          <ActionButton
            run={() => signIn()}
            kind="primary"
            icon={<orbit-mark />}
            busyLabel="Taking you to Spatio…"
            onHover={warmUp}
          >
            Sign in with Spatio
          </ActionButton>
          <ActionButton
            run={() => signIn({ mode: 'popup' })}
            busyLabel="Waiting for the popup…"
            onHover={warmUp}
          >
            Sign in in a popup
          </ActionButton>
          <p>No password to make up. The mock has three people to choose from.</p>
        </div>
      </div>
      <orbit-picture />
      <ol className="hero-steps">
        {HERO_STEPS.map(([title, detail]) => (
          <li key={title}>
            <strong>{title}</strong>
            <span>{detail}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
