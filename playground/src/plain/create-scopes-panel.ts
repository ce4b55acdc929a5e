import { toGate } from '@spatio-labs/auth'
import type { DemoContext } from '../demo-app'
import { createActionButton } from '../dom/create-action-button'
import { createElement } from '../dom/create-element'
import { watch } from '../dom/watch'
import { FURTHER_SCOPE, mayWriteNotes, SCOPE_MEANINGS } from '../scopes'
import { withScope } from '../with-scope'
import { createPanel } from './create-panel'

/** What the user allowed, and a part that only who allowed more may see, with a way to do so without leaving. */
export function createScopesPanel(context: DemoContext, signal: AbortSignal): HTMLElement {
  const { auth } = context
  const count = document.createTextNode('')
  const list = createElement('ul', { class: 'scopes', 'data-testid': 'scopes' })
  const gate = createElement('div', { class: 'further-scope' })
  const showScopes = (scopes: readonly string[]): void => {
    count.data = `${scopes.length}`
    list.replaceChildren(...scopes.map(createScope))
  }
  const showGate = (isOpen: boolean): void =>
    gate.replaceChildren(...(isOpen ? [createPermission()] : createQuestion(context)))
  watch(auth.subscribe, () => auth.getSnapshot().scopes, showScopes, signal)
  watch(auth.subscribe, () => toGate(auth.getSnapshot(), mayWriteNotes).kind === 'open', showGate, signal)
  return createPanel({ title: 'Granted scopes', area: 'scopes', note: count }, list, gate)
}

function createScope(scope: string): HTMLElement {
  const meaning = SCOPE_MEANINGS[scope]
  const item = createElement('li', {}, createElement('code', {}, scope))
  if (meaning !== undefined) item.append(createElement('span', {}, meaning))
  return item
}

function createPermission(): HTMLElement {
  return createElement('p', {}, 'You let this page write notes for you.')
}

function createQuestion(context: DemoContext): readonly HTMLElement[] {
  const { auth } = context
  return [
    createElement('p', {}, 'One more thing this page could do: ', createElement('code', {}, FURTHER_SCOPE)),
    createActionButton(context, {
      label: 'Ask in a popup',
      busyLabel: 'Waiting for your answer…',
      run: () => withScope(auth, FURTHER_SCOPE, async () => undefined),
    }),
  ]
}
