import type { DemoContext, MountApp } from '../demo-app'
import { createElement } from '../dom/create-element'
import type { Framework } from '../frameworks'

const LOAD: Record<Framework, () => Promise<{ readonly mountApp: MountApp }>> = {
  react: () => import('../react/mount-app'),
  vue: () => import('../vue/mount-app'),
  svelte: () => import('../svelte/mount-app'),
  plain: () => import('../plain/mount-app'),
}

/** Where an app is shown: one at a time, over one client. */
interface AppPlace {
  readonly element: HTMLElement
  /** Shows the app of a framework; what was there stays until its code has loaded. */
  readonly show: (framework: Framework) => Promise<void>
}

export function createAppPlace(context: DemoContext): AppPlace {
  const element = createElement('div', { class: 'app-place' })
  let wanted: Framework | undefined
  let unmount = (): void => undefined
  const show = async (framework: Framework): Promise<void> => {
    wanted = framework
    const { mountApp } = await LOAD[framework]()
    // Another was chosen meanwhile.
    if (framework !== wanted) return
    unmount()
    const app = createElement('div', { class: 'app', 'data-framework': framework })
    element.replaceChildren(app)
    unmount = mountApp(app, context)
  }
  return { element, show }
}
