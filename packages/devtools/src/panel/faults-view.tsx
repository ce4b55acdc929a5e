import type { JSX } from 'preact'
import { useId, useMemo, useState } from 'preact/hooks'
import type { MockAccess } from '../devtools-options.js'
import type { EventLog } from '../event-log.js'
import { createMockAdmin, type ActiveFault, type KnownFault } from './mock-admin.js'
import { useFaults } from './use-faults.js'

interface FaultsViewProps {
  readonly mock: MockAccess
  readonly log: EventLog
}

/** What goes wrong at the mock, and what shall. */
export function FaultsView({ mock, log }: FaultsViewProps): JSX.Element {
  const admin = useMemo(() => createMockAdmin(mock), [mock])
  const { known, active, problem, add, remove } = useFaults(admin, log)
  return (
    <>
      {problem !== '' && (
        <p class="note" role="alert">
          {problem}
        </p>
      )}
      {active === null ? (
        <p class="empty">{problem === '' && 'Asking the mock…'}</p>
      ) : (
        <ActiveFaults active={active} onRemove={remove} />
      )}
      {known.length > 0 && <FaultPicker known={known} onAdd={add} />}
    </>
  )
}

interface ActiveFaultsProps {
  readonly active: readonly ActiveFault[]
  readonly onRemove: (id: string) => void
}

function ActiveFaults({ active, onRemove }: ActiveFaultsProps): JSX.Element {
  if (active.length === 0) return <p class="empty">Nothing goes wrong: no fault is switched on.</p>
  return (
    <ul class="items switchable" aria-label="Faults that are switched on">
      {active.map(({ id, name, applied }) => (
        <li key={id}>
          <code>{name}</code>
          <span class="size">{applied === 0 ? 'not met yet' : `met ${applied} ×`}</span>
          <button type="button" class="plain" aria-label={`Switch off ${name}`} onClick={() => onRemove(id)}>
            Switch off
          </button>
        </li>
      ))}
    </ul>
  )
}

interface FaultPickerProps {
  readonly known: readonly KnownFault[]
  readonly onAdd: (name: string) => void
}

function FaultPicker({ known, onAdd }: FaultPickerProps): JSX.Element {
  const id = useId()
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const found = known.filter((fault) => `${fault.name} ${fault.summary}`.includes(text.toLowerCase().trim()))
  const chosen = found.find((fault) => fault.name === name)
  return (
    <form
      class="picker"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen) onAdd(chosen.name)
      }}
    >
      <label for={`${id}-text`}>Find a fault</label>
      <input
        id={`${id}-text`}
        type="search"
        placeholder="nonce, refresh, slow …"
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <label for={`${id}-name`}>What goes wrong next ({found.length})</label>
      <FaultList id={`${id}-name`} faults={found} name={name} onChoose={setName} />
      <p class="chosen" role="status">
        {chosen ? `${chosen.summary} (${chosen.spec}). A good client: ${chosen.expect}.` : 'Choose one.'}
      </p>
      <button type="submit" class="button" disabled={chosen === undefined}>
        Switch on
      </button>
    </form>
  )
}

interface FaultListProps {
  readonly id: string
  readonly faults: readonly KnownFault[]
  readonly name: string
  readonly onChoose: (name: string) => void
}

function FaultList({ id, faults, name, onChoose }: FaultListProps): JSX.Element {
  return (
    <select id={id} size={8} value={name} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
      {faults.map((fault) => (
        <option key={fault.name} value={fault.name}>
          {fault.name}
        </option>
      ))}
    </select>
  )
}
