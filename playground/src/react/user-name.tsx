import { useSpatioAuth, type AuthState } from '@spatio-labs/auth-react'
import { memo, Profiler, type ReactNode } from 'react'
import { toDisplayName } from '../display-name'
import { nameRenders } from '../name-renders'

/** A leaf that reads one claim. Its renders are counted and shown: a refresh must not add one. */
export const UserName = memo(function UserName(): ReactNode {
  return (
    <Profiler id="user-name" onRender={nameRenders.add}>
      <NameText />
    </Profiler>
  )
})

function NameText(): ReactNode {
  const name = useSpatioAuth(toName)
  return <span data-testid="user-name">{name}</span>
}

function toName({ user }: AuthState): string {
  return user === null ? '' : toDisplayName(user)
}
