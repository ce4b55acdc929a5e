import { createElement } from '../dom/create-element'
import { applyStorageChoice, STORAGE_CHOICES, type StorageChoice } from '../storage-choice'

const LABELS: Record<StorageChoice, { readonly name: string; readonly hint: string }> = {
  session: { name: 'This tab', hint: 'sessionStorage: survives a reload, ends with the tab' },
  local: { name: 'All tabs', hint: 'localStorage: one session for every tab' },
  memory: { name: 'Memory', hint: 'only this page: a reload signs you out' },
}

/** Where the session is kept. A client's storage is fixed at creation, so a choice loads the page anew. */
export function createStorageSwitch(storage: StorageChoice): HTMLElement {
  const choices = STORAGE_CHOICES.map((choice) => {
    const { name, hint } = LABELS[choice]
    const input = createElement('input', {
      type: 'radio',
      name: 'storage',
      value: choice,
      // Not what the browser remembers of an earlier page.
      autocomplete: 'off',
      checked: choice === storage,
      onchange: () => applyStorageChoice(choice),
    })
    return createElement('label', { title: hint }, input, createElement('span', {}, name))
  })
  return createElement(
    'fieldset',
    { class: 'segments storage-switch' },
    createElement('legend', {}, 'Session kept in'),
    ...choices,
  )
}
