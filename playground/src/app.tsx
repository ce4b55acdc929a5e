import { SignedIn, useSpatioAuth } from '@spatio-labs/auth-react'
import { useState, type ReactNode } from 'react'
import { Dashboard } from './components/dashboard'
import { Hero } from './components/hero'
import { LoadingView } from './components/loading-view'
import { PageHeader } from './components/page-header'
import { ProblemBanner } from './components/problem-banner'
import { StatusAnnouncer } from './components/status-announcer'
import { DevtoolsPanel } from './components/devtools-panel'
import type { StorageChoice } from './storage-choice'
import { useHeadingFocus } from './use-heading-focus'

interface AppProps {
  readonly issuer: string
  readonly storage: StorageChoice
}

export function App({ issuer, storage }: AppProps): ReactNode {
  const authError = useSpatioAuth((state) => state.error)
  useHeadingFocus(useSpatioAuth((state) => state.status))
  const [actionError, setActionError] = useState<unknown>(null)
  const [dismissed, setDismissed] = useState<unknown>(null)
  const error = actionError ?? authError
  const dismiss = () => {
    setActionError(null)
    setDismissed(authError)
  }
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <PageHeader storage={storage} />
      <main id="main" className="page">
        <StatusAnnouncer />
        {error !== null && error !== dismissed && (
          <ProblemBanner error={error} onProblem={setActionError} onDismiss={dismiss} />
        )}
        <div className="page-columns">
          <SignedIn loading={<LoadingView />} fallback={<Hero onProblem={setActionError} />}>
            {(user) => <Dashboard user={user} issuer={issuer} onProblem={setActionError} />}
          </SignedIn>
          <DevtoolsPanel issuer={issuer} />
        </div>
      </main>
      <footer className="page-footer">
        A mock Spatio authority answers at <code>{issuer}</code>. Nobody here is real, and no token leaves
        this machine.
      </footer>
    </>
  )
}
