import type { DemoContext } from '../demo-app'
import { describeLoading } from '../describe-loading'
import { createElement } from '../dom/create-element'
import { watch } from '../dom/watch'

/** Before the state is known: once per page, never during a refresh. */
export function createLoadingView({ auth }: DemoContext, signal: AbortSignal): HTMLElement {
  const heading = createElement('h1', { id: 'main-heading' })
  const text = createElement('p', {})
  watch(
    auth.subscribeActivity,
    auth.getActivity,
    (activity) => {
      const { title, detail } = describeLoading(activity)
      heading.textContent = title
      text.textContent = detail
    },
    signal,
  )
  const orbit = createElement('span', { class: 'loading-orbit', 'aria-hidden': 'true' })
  return createElement('section', { class: 'loading', 'aria-busy': 'true' }, orbit, heading, text)
}
