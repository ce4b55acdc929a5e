import { createElement } from '../dom/create-element'

interface PanelOptions {
  readonly title: string
  readonly area: string
  readonly note: Node | string
}

/** A titled box of the dashboard. */
export function createPanel({ title, area, note }: PanelOptions, ...children: readonly Node[]): HTMLElement {
  const id = `panel-${area}`
  return createElement(
    'section',
    { class: 'panel', 'data-area': area, 'aria-labelledby': id },
    createElement(
      'header',
      { class: 'panel-header' },
      createElement('h2', { id }, title),
      createElement('p', { class: 'panel-note' }, note),
    ),
    ...children,
  )
}
