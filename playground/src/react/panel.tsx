import { useId, type ReactNode } from 'react'

interface PanelProps {
  readonly title: string
  readonly area: string
  readonly note?: ReactNode
  readonly children: ReactNode
}

/** A titled box of the dashboard. */
export function Panel({ title, area, note, children }: PanelProps): ReactNode {
  const id = useId()
  return (
    <section className="panel" data-area={area} aria-labelledby={id}>
      <header className="panel-header">
        <h2 id={id}>{title}</h2>
        {note !== undefined && <p className="panel-note">{note}</p>}
      </header>
      {children}
    </section>
  )
}
