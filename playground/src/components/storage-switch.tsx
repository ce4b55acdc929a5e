import { useState, type ReactNode } from 'react'
import { applyStorageChoice, STORAGE_CHOICES, type StorageChoice } from '../storage-choice'

const LABELS: Record<StorageChoice, { readonly name: string; readonly hint: string }> = {
  session: { name: 'This tab', hint: 'sessionStorage: survives a reload, ends with the tab' },
  local: { name: 'All tabs', hint: 'localStorage: one session for every tab' },
  memory: { name: 'Memory', hint: 'only this page: a reload signs you out' },
}

/** Where the session is kept. A client's storage is fixed at creation, so a choice loads the page anew. */
export function StorageSwitch({ storage }: { readonly storage: StorageChoice }): ReactNode {
  const [chosen, setChosen] = useState(storage)
  const choose = (choice: StorageChoice) => {
    setChosen(choice)
    applyStorageChoice(choice)
  }
  return (
    <fieldset className="storage-switch">
      <legend>Session kept in</legend>
      {STORAGE_CHOICES.map((choice) => (
        <label key={choice} title={LABELS[choice].hint}>
          <input
            type="radio"
            name="storage"
            value={choice}
            checked={choice === chosen}
            onChange={() => choose(choice)}
          />
          <span>{LABELS[choice].name}</span>
        </label>
      ))}
    </fieldset>
  )
}
