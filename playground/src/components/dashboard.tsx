import { useSpatioAuthClient, type User } from '@spatio-labs/auth-react'
import { useCallback, type ReactNode } from 'react'
import { ClaimsPanel } from './claims-panel'
import { NotesPanel } from './notes-panel'
import { ProfilePanel } from './profile-panel'
import { ScopesPanel } from './scopes-panel'
import { SessionPanel } from './session-panel'

interface DashboardProps {
  readonly user: User
  readonly issuer: string
  readonly onProblem: (error: unknown) => void
}

/** What who is signed in sees. */
export function Dashboard({ user, issuer, onProblem }: DashboardProps): ReactNode {
  const auth = useSpatioAuthClient()
  // What failed because the session ended needs no banner: the view that replaces this one says why.
  const onProblemHere = useCallback(
    (error: unknown) => {
      if (error === null || auth.getSnapshot().isAuthenticated) onProblem(error)
    },
    [auth, onProblem],
  )
  return (
    <div className="dashboard">
      <ProfilePanel user={user} issuer={issuer} onProblem={onProblemHere} />
      <SessionPanel issuer={issuer} onProblem={onProblemHere} />
      <ScopesPanel onProblem={onProblemHere} />
      <NotesPanel issuer={issuer} onProblem={onProblemHere} />
      <ClaimsPanel user={user} />
    </div>
  )
}
