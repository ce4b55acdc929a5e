import type { ReactNode } from 'react'
import type { Action } from '../use-action'

interface ActionButtonProps {
  readonly action: Action
  readonly kind?: 'primary' | 'plain' | 'danger'
  readonly children: ReactNode
  readonly onHover?: () => void
}

/** A button that shows that its work runs. It keeps the focus: it is never disabled. */
export function ActionButton({ action, kind = 'plain', children, onHover }: ActionButtonProps): ReactNode {
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      aria-busy={action.isRunning}
      onClick={action.start}
      onPointerEnter={onHover}
      onFocus={onHover}
    >
      {action.isRunning && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  )
}
