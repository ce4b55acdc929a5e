import { useState, type ReactNode } from 'react'
import { useDemo } from './use-demo'

interface ActionButtonProps {
  readonly run: () => Promise<unknown>
  readonly kind?: 'primary' | 'plain'
  readonly icon?: ReactNode
  readonly children: ReactNode
  /** Instead of the children while it runs. */
  readonly busyLabel?: string
  readonly onHover?: () => void
}

/** A button that shows that its work runs. It keeps the focus: it is never disabled. */
export function ActionButton({
  run,
  kind = 'plain',
  icon,
  children,
  busyLabel,
  onHover,
}: ActionButtonProps): ReactNode {
  const { attempt } = useDemo()
  const [isRunning, setRunning] = useState(false)
  const start = () => {
    if (isRunning) return
    setRunning(true)
    void attempt(run).finally(() => setRunning(false))
  }
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      aria-busy={isRunning}
      onClick={start}
      onPointerEnter={onHover}
      onFocus={onHover}
    >
      {isRunning && <span className="spinner" aria-hidden="true" />}
      {icon}
      {isRunning ? (busyLabel ?? children) : children}
    </button>
  )
}
