import { createJsonDraft } from '../pipeline/response-draft.js'
import { ApiError } from '../protocol/api-error.js'
import { hasScope } from '../protocol/scope.js'
import { authenticateBearer } from './api-bearer.js'
import type { EndpointHandler } from './endpoint-handler.js'

const notes: readonly { title: string; content: string; icon: string; createdAt: string }[] = [
  {
    title: 'Launch checklist',
    content: '- [x] Sign-in works\n- [x] Sign-out works everywhere\n- [ ] Tell everyone',
    icon: '🚀',
    createdAt: '2026-01-12T09:30:00.000Z',
  },
  {
    title: 'Questions for Thursday',
    content: 'Who reviews the onboarding copy? Do we need the second screen?',
    icon: '💬',
    createdAt: '2026-02-03T15:05:00.000Z',
  },
  {
    title: 'Books to read next',
    content: 'The Left Hand of Darkness, A Pattern Language, Seeing Like a State',
    icon: '📚',
    createdAt: '2026-02-20T20:41:00.000Z',
  },
]

/** `GET /v1/notes`: Spatio's `NoteListEnvelope` with a few notes, for any token with `read:*`. */
export const processNotesRequest: EndpointHandler = (exchange, authority) => {
  const bearer = authenticateBearer(exchange, authority)
  // Which scope Spatio asks for here is not public; `read:*` is the one name that fits.
  if (!hasScope(bearer.scope, 'read:*'))
    throw new ApiError(403, 'forbidden', 'The token lacks the scope read:*')
  const accountId = `acc_${bearer.sub}`
  const items = notes.map((note, index) => ({
    id: `note_${index + 1}`,
    provider: 'native-notes',
    accountId,
    ownerUserId: bearer.sub,
    ...note,
    parentId: null,
    properties: {},
    archived: false,
    updatedAt: note.createdAt,
  }))
  const accounts = [{ provider: 'native-notes', accountId, accountName: 'Spatio', status: 'ok' }]
  return createJsonDraft({ items, accounts })
}
