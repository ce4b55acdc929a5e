import type { DemoContext } from '../demo-app'
import { describeFarewell } from '../describe-farewell'
import { createActionButton } from '../dom/create-action-button'
import { createElement } from '../dom/create-element'
import { watch } from '../dom/watch'
import { HERO_STEPS } from '../hero-steps'

/** What who is not signed in sees. */
export function createHero(context: DemoContext, signal: AbortSignal): HTMLElement {
  return createElement(
    'section',
    { class: 'hero', 'aria-labelledby': 'main-heading' },
    createElement(
      'div',
      { class: 'hero-text' },
      createFarewell(context, signal),
      createElement(
        'h1',
        { id: 'main-heading', tabindex: '-1' },
        'One sign-in, and everything it does in plain sight.',
      ),
      createElement(
        'p',
        { class: 'hero-lead' },
        'Sign in with Spatio, come back, and watch: every request, every refresh, every check as it happens.',
      ),
      createActions(context),
    ),
    createElement('orbit-picture', {}),
    createElement('ol', { class: 'hero-steps' }, ...HERO_STEPS.map(createStep)),
  )
}

function createFarewell({ auth }: DemoContext, signal: AbortSignal): HTMLElement {
  const farewell = createElement('p', { class: 'hero-farewell' })
  const show = (text: string | null): void => {
    farewell.hidden = text === null
    farewell.textContent = text
  }
  watch(auth.subscribe, () => describeFarewell(auth.getSnapshot()), show, signal)
  return farewell
}

function createActions(context: DemoContext): HTMLElement {
  const { auth } = context
  // Only a head start: the click loads the same chunk and reports what fails.
  const onHover = (): void => void auth.preload().catch(() => undefined)
  return createElement(
    'div',
    { class: 'hero-actions' },
    createActionButton(context, {
      label: 'Sign in with Spatio',
      busyLabel: 'Taking you to Spatio…',
      kind: 'primary',
      icon: createElement('orbit-mark', {}),
      run: () => auth.signIn(),
      onHover,
    }),
    createActionButton(context, {
      label: 'Sign in in a popup',
      busyLabel: 'Waiting for the popup…',
      run: () => auth.signIn({ mode: 'popup' }),
      onHover,
    }),
    createElement('p', {}, 'No password to make up. The mock has three people to choose from.'),
  )
}

function createStep([title, detail]: (typeof HERO_STEPS)[number]): HTMLElement {
  return createElement('li', {}, createElement('strong', {}, title), createElement('span', {}, detail))
}
