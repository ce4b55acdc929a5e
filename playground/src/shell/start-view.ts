import { createElement } from '../dom/create-element'

/** Before there is an authority to speak to, and instead of the page when there is none. */
export function createStartView(problem: string | null): HTMLElement {
  return createElement('main', { class: 'page' }, problem === null ? createWait() : createRefusal(problem))
}

function createWait(): HTMLElement {
  return createElement(
    'section',
    { class: 'loading', 'aria-busy': 'true' },
    createElement('span', { class: 'loading-orbit', 'aria-hidden': 'true' }),
    createElement('h1', {}, 'Starting the mock authority…'),
  )
}

function createRefusal(problem: string): HTMLElement {
  const reason = `Its mock authority runs in a service worker of this page. ${problem}. A private window may allow none.`
  return createElement(
    'section',
    { class: 'loading', role: 'alert' },
    createElement('h1', {}, 'This demo cannot start here'),
    createElement('p', {}, reason),
  )
}
