import type { AuthState, SpatioAuth } from '@spatio-labs/auth'
import { toDisplayName } from '../display-name'
import { createElement } from '../dom/create-element'
import { watch } from '../dom/watch'

/** Tells a screen reader when the state changes; the page itself shows it. */
export function createStatusAnnouncer(auth: SpatioAuth): HTMLElement {
  const announcer = createElement('p', {
    class: 'visually-hidden',
    role: 'status',
    'aria-live': 'polite',
    'data-testid': 'announcer',
  })
  const say = (sentence: string): void => void (announcer.textContent = sentence)
  watch(auth.subscribe, () => toSentence(auth.getSnapshot()), say)
  return announcer
}

function toSentence(state: AuthState): string {
  if (state.status === 'loading') return 'Looking for your session'
  if (state.status === 'authenticated') return `Signed in as ${toDisplayName(state.user)}`
  if (state.status === 'error') return 'Not signed in'
  return state.reason === 'initial' ? 'You are not signed in' : 'You are signed out'
}
