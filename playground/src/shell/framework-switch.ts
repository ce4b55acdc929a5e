import { createElement } from '../dom/create-element'
import { toQuery } from '../framework-choice'
import { FRAMEWORK_NAMES, FRAMEWORKS, type Framework } from '../frameworks'

interface FrameworkSwitch {
  readonly element: HTMLElement
  /** Marks the one that is shown. */
  readonly mark: (shown: Framework) => void
}

/** Links, so that each app has an address; a plain click changes the app and keeps the page. */
export function createFrameworkSwitch(choose: (framework: Framework) => void): FrameworkSwitch {
  const links = FRAMEWORKS.map((framework) => {
    const onclick = (event: Event): void => {
      const { ctrlKey, metaKey, shiftKey, altKey } = event as MouseEvent
      if (ctrlKey || metaKey || shiftKey || altKey) return
      event.preventDefault()
      choose(framework)
    }
    const link = createElement('a', { href: toQuery(framework), onclick }, FRAMEWORK_NAMES[framework])
    return [framework, link] as const
  })
  const mark = (shown: Framework): void => {
    for (const [framework, link] of links) link.ariaCurrent = framework === shown ? 'page' : null
  }
  const list = createElement('nav', { class: 'segments', 'aria-label': 'The same demo in' })
  list.append(...links.map(([, link]) => link))
  return { element: list, mark }
}
