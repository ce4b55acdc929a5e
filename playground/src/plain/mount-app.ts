import type { AuthState } from '@spatio-labs/auth'
import type { DemoContext, MountApp } from '../demo-app'
import { watch } from '../dom/watch'
import { createDashboard } from './create-dashboard'
import { createHero } from './create-hero'
import { createLoadingView } from './create-loading-view'

/** A part of the page; `signal` ends what keeps it up to date. */
type CreateView = (context: DemoContext, signal: AbortSignal) => HTMLElement

export const mountApp: MountApp = (element, context) => {
  const { auth } = context
  const app = new AbortController()
  let view = new AbortController()
  const show = (createView: CreateView): void => {
    view.abort()
    view = new AbortController()
    element.replaceChildren(createView(context, view.signal))
  }
  watch(auth.subscribe, () => toView(auth.getSnapshot()), show, app.signal)
  void auth.ready()
  return () => {
    app.abort()
    view.abort()
  }
}

function toView({ status }: AuthState): CreateView {
  if (status === 'loading') return createLoadingView
  return status === 'authenticated' ? createDashboard : createHero
}
