import type { Activity, AuthState, SpatioAuth } from '@spatio-labs/auth'
import { createElement } from '../dom/create-element'
import { watch } from '../dom/watch'

const STATUS_WORDS: Record<AuthState['status'], string> = {
  loading: 'Loading',
  authenticated: 'Signed in',
  unauthenticated: 'Signed out',
  error: 'Not signed in',
}

/** The state in one word, with what is under way. */
export function createStatusPill(auth: SpatioAuth): HTMLElement {
  const word = createElement('span', { 'data-testid': 'status' })
  const doing = createElement('span', { class: 'status-doing' })
  const dot = createElement('span', { class: 'status-dot', 'aria-hidden': 'true' })
  const pill = createElement('p', { class: 'status-pill' }, dot, word, doing)
  const showStatus = (status: AuthState['status']): void => {
    pill.dataset['status'] = status
    word.textContent = STATUS_WORDS[status]
  }
  const showDoing = (text: string): void => {
    pill.dataset['busy'] = String(text !== '')
    doing.hidden = text === ''
    doing.textContent = text
  }
  watch(auth.subscribe, () => auth.getSnapshot().status, showStatus)
  watch(auth.subscribeActivity, () => toDoing(auth.getActivity()), showDoing)
  return pill
}

function toDoing({ isRefreshing, pending }: Activity): string {
  if (pending === 'sign-in') return 'leaving for Spatio'
  if (pending === 'callback') return 'checking the answer'
  if (pending === 'sign-out') return 'signing out'
  return isRefreshing ? 'refreshing' : ''
}
