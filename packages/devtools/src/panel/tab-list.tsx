import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { TabName } from './panel-view.js'

const TITLES: Record<TabName, string> = {
  'time-line': 'Time-line',
  session: 'Session',
  storage: 'Storage',
  tabs: 'Tabs',
  faults: 'Faults',
}

interface TabListProps {
  readonly names: readonly TabName[]
  readonly selected: TabName
  readonly onSelect: (name: TabName) => void
}

/** Tabs as the ARIA practices describe them: one stop, arrows move and select, Home and End jump. */
export function TabList({ names, selected, onSelect }: TabListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent): void => {
    const at = names.indexOf(selected)
    const targets: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    const name = names.at(target % names.length)
    if (name === undefined) return
    onSelect(name)
    list.current?.querySelector<HTMLElement>(`#tab-${name}`)?.focus()
  }
  return (
    <div class="tabs" role="tablist" aria-label="Spatio devtools" ref={list} onKeyDown={move}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === selected}
          aria-controls="view"
          tabIndex={name === selected ? 0 : -1}
          onClick={() => onSelect(name)}
        >
          {TITLES[name]}
        </button>
      ))}
    </div>
  )
}
