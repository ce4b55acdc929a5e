import type { User } from '@spatio-labs/auth'
import { toClaimRows } from '../claim-rows'
import type { DemoContext } from '../demo-app'
import { createElement } from '../dom/create-element'
import { watch } from '../dom/watch'
import { createPanel } from './create-panel'

/** The claims of the validated id_token. */
export function createClaimsPanel({ auth }: DemoContext, signal: AbortSignal): HTMLElement {
  const rows = createElement('tbody', {})
  const show = (user: User | null): void =>
    rows.replaceChildren(...(user === null ? [] : toClaimRows(user).map(createRow)))
  watch(auth.subscribe, () => auth.getSnapshot().user, show, signal)
  const head = createElement(
    'thead',
    { class: 'visually-hidden' },
    createElement(
      'tr',
      {},
      createElement('th', { scope: 'col' }, 'Claim'),
      createElement('th', { scope: 'col' }, 'Value'),
    ),
  )
  return createPanel(
    { title: 'Claims', area: 'claims', note: 'from the checked id_token' },
    createElement('table', { class: 'claims' }, head, rows),
  )
}

function createRow([name, text]: readonly [string, string]): HTMLElement {
  return createElement('tr', {}, createElement('th', { scope: 'row' }, name), createElement('td', {}, text))
}
