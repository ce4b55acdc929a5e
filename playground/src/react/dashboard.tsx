import type { User } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'
import { ClaimsPanel } from './claims-panel'
import { NotesPanel } from './notes-panel'
import { ProfilePanel } from './profile-panel'
import { ScopesPanel } from './scopes-panel'
import { SessionPanel } from './session-panel'

/** What who is signed in sees. */
export function Dashboard({ user }: { readonly user: User }): ReactNode {
  return (
    <div className="dashboard">
      <ProfilePanel user={user} />
      <SessionPanel />
      <ScopesPanel />
      <NotesPanel />
      <ClaimsPanel user={user} />
    </div>
  )
}
