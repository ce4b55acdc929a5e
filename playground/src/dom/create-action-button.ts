import type { DemoContext } from '../demo-app'
import { createElement } from './create-element'

interface ActionButtonOptions {
  readonly label: string
  /** Instead of the label while it runs. @default the label */
  readonly busyLabel?: string
  readonly kind?: 'primary' | 'plain'
  readonly icon?: Node
  readonly run: () => Promise<unknown>
  /** When a click is likely. */
  readonly onHover?: () => void
}

/** A button that shows that its work runs. It keeps the focus: it is never disabled. */
export function createActionButton(
  { attempt }: Pick<DemoContext, 'attempt'>,
  { label, busyLabel = label, kind = 'plain', icon, run, onHover }: ActionButtonOptions,
): HTMLButtonElement {
  const spinner = createElement('span', { class: 'spinner', 'aria-hidden': 'true', hidden: true })
  const text = document.createTextNode(label)
  const show = (isRunning: boolean): void => {
    button.setAttribute('aria-busy', String(isRunning))
    spinner.hidden = !isRunning
    text.data = isRunning ? busyLabel : label
  }
  const start = (): void => {
    if (!spinner.hidden) return
    show(true)
    void attempt(run).finally(() => show(false))
  }
  const hover = onHover === undefined ? {} : { onpointerenter: onHover, onfocus: onHover }
  const button = createElement(
    'button',
    { type: 'button', class: 'button', 'data-kind': kind, 'aria-busy': 'false', onclick: start, ...hover },
    spinner,
    ...(icon === undefined ? [] : [icon]),
    text,
  )
  return button
}
