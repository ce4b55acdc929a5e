import type { User } from '@spatio-labs/auth'
import { toInitials, toPictureUrl } from '../avatar'
import type { DemoContext } from '../demo-app'
import { createActionButton } from '../dom/create-action-button'
import { createElement } from '../dom/create-element'
import { watch } from '../dom/watch'
import { createUserName } from './create-user-name'

/** Who is signed in, and the way out. */
export function createProfilePanel(context: DemoContext, signal: AbortSignal): HTMLElement {
  const { auth, issuer } = context
  const avatar = createElement('user-avatar', {})
  const email = createElement('p', { class: 'profile-email' })
  const show = (user: User | null): void => {
    if (user === null) return
    const picture = toPictureUrl(user, issuer)
    avatar.setAttribute('initials', toInitials(user))
    if (picture !== undefined) avatar.setAttribute('picture', picture)
    else avatar.removeAttribute('picture')
    email.hidden = user.email === undefined
    email.replaceChildren(user.email ?? '')
    if (user.email_verified === true) email.append(createElement('span', { class: 'verified' }, 'verified'))
  }
  watch(auth.subscribe, () => auth.getSnapshot().user, show, signal)
  const name = createElement('h1', { id: 'main-heading', tabindex: '-1' }, createUserName(context, signal))
  return createElement(
    'section',
    { class: 'profile', 'aria-labelledby': 'main-heading' },
    avatar,
    createElement(
      'div',
      { class: 'profile-text' },
      createElement('p', { class: 'profile-greeting' }, 'Signed in as'),
      name,
      email,
    ),
    createActionButton(context, { label: 'Sign out', run: () => auth.signOut() }),
  )
}
