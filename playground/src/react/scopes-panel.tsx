import { SignedIn, useSpatioAuth, useSpatioAuthClient } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'
import { FURTHER_SCOPE, mayWriteNotes, SCOPE_MEANINGS } from '../scopes'
import { withScope } from '../with-scope'
import { ActionButton } from './action-button'
import { Panel } from './panel'

/** What the user allowed, and a part that only who allowed more may see, with a way to do so without leaving. */
export function ScopesPanel(): ReactNode {
  const scopes = useSpatioAuth((state) => state.scopes)
  return (
    <Panel title="Granted scopes" area="scopes" note={`${scopes.length}`}>
      <ul className="scopes" data-testid="scopes">
        {scopes.map((scope) => (
          <li key={scope}>
            <code>{scope}</code>
            {SCOPE_MEANINGS[scope] !== undefined && <span>{SCOPE_MEANINGS[scope]}</span>}
          </li>
        ))}
      </ul>
      <SignedIn when={mayWriteNotes} fallback={<FurtherScope />}>
        <div className="further-scope">
          <p>You let this page write notes for you.</p>
        </div>
      </SignedIn>
    </Panel>
  )
}

function FurtherScope(): ReactNode {
  const auth = useSpatioAuthClient()
  const ask = () => withScope(auth, FURTHER_SCOPE, async () => undefined)
  return (
    <div className="further-scope">
      <p>
        One more thing this page could do: <code>{FURTHER_SCOPE}</code>
      </p>
      <ActionButton run={ask} busyLabel="Waiting for your answer…">
        Ask in a popup
      </ActionButton>
    </div>
  )
}
