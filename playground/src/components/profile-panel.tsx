import { useSpatioAuth, type User } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'
import { useAction } from '../use-action'
import { ActionButton } from './action-button'
import { UserAvatar } from './user-avatar'
import { UserName } from './user-name'

interface ProfilePanelProps {
  readonly user: User
  readonly issuer: string
  readonly onProblem: (error: unknown) => void
}

/** Who is signed in, and the way out. */
export function ProfilePanel({ user, issuer, onProblem }: ProfilePanelProps): ReactNode {
  const { signOut } = useSpatioAuth()
  const signingOut = useAction(signOut, onProblem)
  return (
    <section className="profile" aria-labelledby="main-heading">
      <UserAvatar user={user} issuer={issuer} />
      <div className="profile-text">
        <p className="profile-greeting">Signed in as</p>
        <h1 id="main-heading" tabIndex={-1}>
          <UserName />
        </h1>
        {user.email !== undefined && (
          <p className="profile-email">
            {user.email}
            {user.email_verified === true && <span className="verified">verified</span>}
          </p>
        )}
      </div>
      <ActionButton action={signingOut}>Sign out</ActionButton>
    </section>
  )
}
