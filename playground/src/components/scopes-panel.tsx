import { useSpatioAuthClient, useSpatioAuth } from '@spatio-labs/auth-react'
import { useCallback, type ReactNode } from 'react'
import { useAction } from '../use-action'
import { withScope } from '../with-scope'
import { ActionButton } from './action-button'
import { Panel } from './panel'

const MEANINGS: Readonly<Record<string, string>> = {
  openid: 'who you are',
  profile: 'name and picture',
  email: 'email address',
  'read:*': 'read your notes',
  'write:notes': 'write notes for you',
}

/** Not asked for at the first sign-in: a page asks for more when it needs more. */
const FURTHER_SCOPE = 'write:notes'

interface ScopesPanelProps {
  readonly onProblem: (error: unknown) => void
}

/** What the user allowed, and a way to allow more without leaving. */
export function ScopesPanel({ onProblem }: ScopesPanelProps): ReactNode {
  const scopes = useSpatioAuth((state) => state.scopes)
  return (
    <Panel title="Granted scopes" area="scopes" note={`${scopes.length}`}>
      <ul className="scopes" data-testid="scopes">
        {scopes.map((scope) => (
          <li key={scope}>
            <code>{scope}</code>
            {MEANINGS[scope] !== undefined && <span>{MEANINGS[scope]}</span>}
          </li>
        ))}
      </ul>
      {!scopes.includes(FURTHER_SCOPE) && <FurtherScope onProblem={onProblem} />}
    </Panel>
  )
}

function FurtherScope({ onProblem }: ScopesPanelProps): ReactNode {
  const auth = useSpatioAuthClient()
  const ask = useAction(
    useCallback(() => withScope(auth, FURTHER_SCOPE, async () => undefined), [auth]),
    onProblem,
  )
  return (
    <div className="further-scope">
      <p>
        One more thing this page could do: <code>{FURTHER_SCOPE}</code>
      </p>
      <ActionButton action={ask}>
        {ask.isRunning ? 'Waiting for your answer…' : 'Ask in a popup'}
      </ActionButton>
    </div>
  )
}
