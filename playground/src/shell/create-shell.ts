import type { SpatioAuth } from '@spatio-labs/auth'
import { createElement } from '../dom/create-element'
import { getFramework, keepFramework, toQuery } from '../framework-choice'
import { FRAMEWORK_NAMES, type Framework } from '../frameworks'
import type { StorageChoice } from '../storage-choice'
import { createAppPlace } from './app-place'
import { createDevtoolsPanel } from './devtools-panel'
import { createFrameworkSwitch } from './framework-switch'
import { moveFocusToNewView } from './move-focus'
import { createPageHeader } from './page-header'
import { createProblemBanner } from './problem-banner'
import { createProblems } from './problems'
import { createStatusAnnouncer } from './status-announcer'

interface ShellOptions {
  readonly auth: SpatioAuth
  readonly issuer: string
  readonly storage: StorageChoice
}

/** Everything of the page but the app of a framework, and the switch between the four. It lives as long as the page. */
export function createShell({ auth, issuer, storage }: ShellOptions): readonly HTMLElement[] {
  // Before an app starts the client, so that the time-line misses nothing.
  const devtools = createDevtoolsPanel(auth, issuer)
  const problems = createProblems(auth)
  const place = createAppPlace({ auth, issuer, attempt: problems.attempt })
  let shown: Framework | undefined
  const show = (framework: Framework): void => {
    if (framework === shown) return
    shown = framework
    keepFramework(framework)
    frameworkSwitch.mark(framework)
    document.title = `Spatio sign-in playground · ${FRAMEWORK_NAMES[framework]}`
    const load = place.show(framework)
    // To be chosen again.
    load.catch(() => (shown = undefined))
    void problems.attempt(() => load)
  }
  const frameworkSwitch = createFrameworkSwitch((framework) => {
    if (framework !== shown) history.pushState(null, '', toQuery(framework))
    show(framework)
  })
  // Back and Forward, and the client when it returns to the place that a sign-in began at.
  addEventListener('popstate', () => show(getFramework(location.search)))
  show(getFramework(location.search))
  moveFocusToNewView(auth)
  return [
    createElement('a', { class: 'skip-link', href: '#main' }, 'Skip to content'),
    createPageHeader({ auth, storage, frameworkSwitch: frameworkSwitch.element }),
    createElement(
      'main',
      { id: 'main', class: 'page' },
      createStatusAnnouncer(auth),
      createProblemBanner(auth, problems),
      createElement('div', { class: 'page-columns' }, place.element, devtools),
    ),
    createFooter(issuer),
  ]
}

function createFooter(issuer: string): HTMLElement {
  return createElement(
    'footer',
    { class: 'page-footer' },
    'A mock Spatio authority answers at ',
    createElement('code', {}, issuer),
    '. Nobody here is real, and no token leaves this machine.',
  )
}
