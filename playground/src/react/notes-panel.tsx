import { useSpatioAuthClient } from '@spatio-labs/auth-react'
import { useState, type ReactNode } from 'react'
import { describeAnswer, loadNotes, type NotesAnswer } from '../notes'
import { withScope } from '../with-scope'
import { ActionButton } from './action-button'
import { Panel } from './panel'
import { useDemo } from './use-demo'

/** A protected resource, read with `auth.fetch`; a token that may not read it is stepped up in the same click. */
export function NotesPanel(): ReactNode {
  const auth = useSpatioAuthClient()
  const { issuer } = useDemo()
  const [answer, setAnswer] = useState<NotesAnswer | null>(null)
  const call = async () => setAnswer(await withScope(auth, 'read:*', () => loadNotes(auth.fetch, issuer)))
  return (
    <Panel title="Your notes" area="notes" note="GET /v1/notes">
      <div className="notes-call">
        <ActionButton run={call} kind="primary">
          Call the API
        </ActionButton>
        <p role="status" data-testid="api-answer">
          {answer === null ? 'Not called yet.' : describeAnswer(answer)}
        </p>
      </div>
      {answer !== null && answer.notes.length > 0 && (
        <ul className="notes">
          {answer.notes.map((note) => (
            <li key={note.id}>
              <strong>{note.title}</strong>
              <span>{note.text}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
