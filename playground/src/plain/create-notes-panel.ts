import type { DemoContext } from '../demo-app'
import { createActionButton } from '../dom/create-action-button'
import { createElement } from '../dom/create-element'
import { describeAnswer, loadNotes, type NotesAnswer } from '../notes'
import { withScope } from '../with-scope'
import { createPanel } from './create-panel'

/** A protected resource, read with `auth.fetch`; a token that may not read it is stepped up in the same click. */
export function createNotesPanel(context: DemoContext): HTMLElement {
  const { auth, issuer } = context
  const summary = createElement('p', { role: 'status', 'data-testid': 'api-answer' }, 'Not called yet.')
  const list = createElement('ul', { class: 'notes', hidden: true })
  const show = (answer: NotesAnswer): void => {
    summary.textContent = describeAnswer(answer)
    list.hidden = answer.notes.length === 0
    list.replaceChildren(...answer.notes.map(createNote))
  }
  const button = createActionButton(context, {
    label: 'Call the API',
    kind: 'primary',
    run: async () => show(await withScope(auth, 'read:*', () => loadNotes(auth.fetch, issuer))),
  })
  return createPanel(
    { title: 'Your notes', area: 'notes', note: 'GET /v1/notes' },
    createElement('div', { class: 'notes-call' }, button, summary),
    list,
  )
}

function createNote({ title, text }: NotesAnswer['notes'][number]): HTMLElement {
  return createElement('li', {}, createElement('strong', {}, title), createElement('span', {}, text))
}
