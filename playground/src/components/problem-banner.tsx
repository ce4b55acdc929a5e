import { useSpatioAuth } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'
import { describeProblem } from '../describe-problem'
import { useAction } from '../use-action'
import { ActionButton } from './action-button'

interface ProblemBannerProps {
  readonly error: unknown
  readonly onProblem: (error: unknown) => void
  readonly onDismiss: () => void
}

/** What went wrong and what to do about it. */
export function ProblemBanner({ error, onProblem, onDismiss }: ProblemBannerProps): ReactNode {
  const { isAuthenticated, error: stateError, signIn, retry } = useSpatioAuth()
  const problem = describeProblem(error)
  const signInAgain = useAction(signIn, onProblem)
  // What a button started is tried again by that; only what the client itself failed at, by retry().
  const tryAgain = useAction(error === stateError ? retry : signIn, onProblem)
  const canTryAgain = problem.remedy === 'retry' && (error === stateError || !isAuthenticated)
  return (
    <section className="problem" data-calm={problem.isCalm} role="alert" aria-labelledby="problem-title">
      <ProblemSign isCalm={problem.isCalm} />
      <div className="problem-text">
        <h2 id="problem-title">{problem.title}</h2>
        <p>{isAuthenticated ? `${problem.advice} You are still signed in.` : problem.advice}</p>
        <p className="problem-fact">{problem.fact}</p>
      </div>
      <div className="problem-actions">
        {problem.remedy === 'sign-in' && !isAuthenticated && (
          <ActionButton action={signInAgain} kind="primary">
            Sign in again
          </ActionButton>
        )}
        {canTryAgain && (
          <ActionButton action={tryAgain} kind="primary">
            Try again
          </ActionButton>
        )}
        <button type="button" className="button" data-kind="plain" onClick={onDismiss}>
          Dismiss
        </button>
      </div>
    </section>
  )
}

function ProblemSign({ isCalm }: { readonly isCalm: boolean }): ReactNode {
  return (
    <svg className="problem-sign" viewBox="0 0 24 24" fill="none" aria-hidden="true">
      {isCalm ? (
        <circle cx="12" cy="12" r="9.5" stroke="currentColor" strokeWidth="2" />
      ) : (
        <path d="M12 3.2 22 20.5H2L12 3.2Z" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      )}
      <path
        d={isCalm ? 'M12 11v5.4M12 7.5v.2' : 'M12 10v4.6M12 17.4v.2'}
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  )
}
