import { useSpatioAuthActivity, useSpatioAuthClient } from '@spatio-labs/auth-react'
import { useCallback, useState, useSyncExternalStore, type ReactNode } from 'react'
import { expireToken } from '../expire-token'
import { nameRenders } from '../name-renders'
import { useAction } from '../use-action'
import { ActionButton } from './action-button'
import { ExpiryRing } from './expiry-ring'
import { Panel } from './panel'

interface SessionPanelProps {
  readonly issuer: string
  readonly onProblem: (error: unknown) => void
}

/** How long the access token still lives, and two ways to change that. */
export function SessionPanel({ issuer, onProblem }: SessionPanelProps): ReactNode {
  const auth = useSpatioAuthClient()
  const { expiresAt, isRefreshing } = useSpatioAuthActivity()
  const [revokedUntil, setRevokedUntil] = useState<number | null>(null)
  const refresh = useAction(
    useCallback(() => auth.getAccessToken({ forceRefresh: true }), [auth]),
    onProblem,
  )
  const expire = useAction(
    useCallback(async () => {
      await expireToken(auth, issuer)
      setRevokedUntil(auth.getActivity().expiresAt)
    }, [auth, issuer]),
    onProblem,
  )
  const isRevoked = revokedUntil !== null && revokedUntil === expiresAt
  return (
    <Panel title="Access token" area="session" note={isRefreshing ? 'refreshing' : 'renews by itself'}>
      <div className="session-body">
        <ExpiryRing expiresAt={expiresAt} isRevoked={isRevoked} />
        <p className="session-text" role="status" data-testid="token-state">
          {isRevoked
            ? 'Revoked at Spatio. This page does not know yet: call the API and watch it heal.'
            : 'Good for the API. It is replaced before it expires, and nothing on this page flickers.'}
        </p>
      </div>
      <div className="button-row">
        <ActionButton action={refresh}>Refresh now</ActionButton>
        <ActionButton action={expire}>Expire the token</ActionButton>
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
