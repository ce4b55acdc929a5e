import type { Activity } from '@spatio-labs/auth'
import type { DemoContext } from '../demo-app'
import { describeToken } from '../describe-token'
import { createActionButton } from '../dom/create-action-button'
import { createElement } from '../dom/create-element'
import { watch } from '../dom/watch'
import { expireToken } from '../expire-token'
import { nameRenders } from '../name-renders'
import { createPanel } from './create-panel'

/** How long the access token still lives, and two ways to change that. */
export function createSessionPanel(context: DemoContext, signal: AbortSignal): HTMLElement {
  const { auth, issuer } = context
  const note = document.createTextNode('')
  const ring = createElement('expiry-ring', {})
  const text = createElement('p', { class: 'session-text', role: 'status', 'data-testid': 'token-state' })
  let revoked: number | null = null
  const show = ({ expiresAt, isRefreshing }: Activity): void => {
    const isRevoked = revoked !== null && revoked === expiresAt
    const sentence = describeToken(isRevoked)
    note.data = isRefreshing ? 'refreshing' : 'renews by itself'
    ring.setAttribute('expires-at', String(expiresAt))
    ring.setAttribute('revoked', String(isRevoked))
    // A live region speaks with each change of its content.
    if (text.textContent !== sentence) text.textContent = sentence
  }
  watch(auth.subscribeActivity, auth.getActivity, show, signal)
  const expire = async (): Promise<void> => {
    revoked = await expireToken(auth, issuer)
    show(auth.getActivity())
  }
  const refresh = (): Promise<string> => auth.getAccessToken({ forceRefresh: true })
  return createPanel(
    { title: 'Access token', area: 'session', note },
    createElement('div', { class: 'session-body' }, ring, text),
    createElement(
      'div',
      { class: 'button-row' },
      createActionButton(context, { label: 'Refresh now', run: refresh }),
      createActionButton(context, { label: 'Expire the token', run: expire }),
    ),
    createRenderFact(signal),
  )
}

function createRenderFact(signal: AbortSignal): HTMLElement {
  const renders = createElement('strong', { 'data-testid': 'name-renders' })
  const show = (count: number): void => void (renders.textContent = String(count))
  watch(nameRenders.subscribe, nameRenders.get, show, signal)
  return createElement(
    'p',
    { class: 'render-fact' },
    'Renders of your name since this page opened: ',
    renders,
  )
}
