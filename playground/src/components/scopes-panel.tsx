import { useSpatioAuth } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'
import { Panel } from './panel'

const MEANINGS: Readonly<Record<string, string>> = {
  openid: 'who you are',
  profile: 'name and picture',
  email: 'email address',
  'read:*': 'read your notes',
}

/** What the user allowed. */
export function ScopesPanel(): ReactNode {
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
    </Panel>
  )
}
