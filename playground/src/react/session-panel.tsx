import { useSpatioAuthActivity, useSpatioAuthClient } from '@spatio-labs/auth-react'
import { useState, useSyncExternalStore, type ReactNode } from 'react'
import { describeToken } from '../describe-token'
import { expireToken } from '../expire-token'
import { nameRenders } from '../name-renders'
import { ActionButton } from './action-button'
import { Panel } from './panel'
import { useDemo } from './use-demo'

/** How long the access token still lives, and two ways to change that. */
export function SessionPanel(): ReactNode {
  const auth = useSpatioAuthClient()
  const { issuer } = useDemo()
  const { expiresAt, isRefreshing } = useSpatioAuthActivity()
  const [revoked, setRevoked] = useState<number | null>(null)
  const isRevoked = revoked !== null && revoked === expiresAt
  return (
    <Panel title="Access token" area="session" note={isRefreshing ? 'refreshing' : 'renews by itself'}>
      <div className="session-body">
        <expiry-ring expires-at={expiresAt} revoked={String(isRevoked)} />
        <p className="session-text" role="status" data-testid="token-state">
          {describeToken(isRevoked)}
        </p>
      </div>
      <div className="button-row">
        <ActionButton run={() => auth.getAccessToken({ forceRefresh: true })}>Refresh now</ActionButton>
        <ActionButton run={async () => setRevoked(await expireToken(auth, issuer))}>
          Expire the token
        </ActionButton>
      </div>
      <RenderFact />
    </Panel>
  )
}

function RenderFact(): ReactNode {
  const renders = useSyncExternalStore(nameRenders.subscribe, nameRenders.get)
  return (
    <p className="render-fact">
      Renders of your name since this page opened: <strong data-testid="name-renders">{renders}</strong>
    </p>
  )
}
