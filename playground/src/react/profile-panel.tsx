import { useSpatioAuth, type User } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'
import { toInitials, toPictureUrl } from '../avatar'
import { ActionButton } from './action-button'
import { useDemo } from './use-demo'
import { UserName } from './user-name'

/** Who is signed in, and the way out. */
export function ProfilePanel({ user }: { readonly user: User }): ReactNode {
  const { signOut } = useSpatioAuth()
  const { issuer } = useDemo()
  return (
    <section className="profile" aria-labelledby="main-heading">
      <user-avatar picture={toPictureUrl(user, issuer)} initials={toInitials(user)} />
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
      <ActionButton run={() => signOut()}>Sign out</ActionButton>
    </section>
  )
}
