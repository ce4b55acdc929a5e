import { useSpatioAuthClient } from '@spatio-labs/auth-react'
import { useCallback, useState, type ReactNode } from 'react'
import { loadNotes, type NotesAnswer } from '../notes'
import { useAction } from '../use-action'
import { withScope } from '../with-scope'
import { ActionButton } from './action-button'
import { Panel } from './panel'

interface NotesPanelProps {
  readonly issuer: string
  readonly onProblem: (error: unknown) => void
}

/** A protected resource, read with `auth.fetch`; a token that may not read it is stepped up in the same click. */
export function NotesPanel({ issuer, onProblem }: NotesPanelProps): ReactNode {
  const auth = useSpatioAuthClient()
  const [answer, setAnswer] = useState<NotesAnswer | null>(null)
  const call = useAction(
    useCallback(
      async () => setAnswer(await withScope(auth, 'read:*', () => loadNotes(auth.fetch, issuer))),
      [auth, issuer],
    ),
    onProblem,
  )
  return (
    <Panel title="Your notes" area="notes" note="GET /v1/notes">
      <div className="notes-call">
        <ActionButton action={call} kind="primary">
          Call the API
        </ActionButton>
        <p role="status" data-testid="api-answer">
          {answer === null ? 'Not called yet.' : toSummary(answer)}
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

function toSummary({ status, durationMs, notes }: NotesAnswer): string {
  const answer = `${status} in ${Math.round(durationMs)} ms`
  return status === 200 ? `${answer} · ${notes.length} ${notes.length === 1 ? 'note' : 'notes'}` : answer
}
