import { useSpatioAuthActivity } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'

/** Before the state is known: once per page, never during a refresh. */
export function LoadingView(): ReactNode {
  const { pending } = useSpatioAuthActivity()
  const isCallback = pending === 'callback'
  return (
    <section className="loading" aria-busy="true">
      <span className="loading-orbit" aria-hidden="true" />
      <h1 id="main-heading">{isCallback ? 'Signing you in…' : 'Looking for your session…'}</h1>
      <p>
        {isCallback
          ? 'The code is exchanged and the answer is checked. Nothing counts before every check has passed.'
          : 'This takes a moment at most.'}
      </p>
    </section>
  )
}
