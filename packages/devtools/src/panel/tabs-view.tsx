import type { JSX } from 'preact'
import { STATUS_WORDS } from './status.js'
import type { TabRoll } from './tab-roll.js'
import { useStore } from './use-store.js'

/** Who else is there. */
export function TabsView({ roll }: { readonly roll: TabRoll }): JSX.Element {
  const tabs = useStore(roll.subscribe, roll.getTabs)
  if (tabs.length === 0) {
    return (
      <p class="empty">
        No other tab of this origin shows devtools. Open the app in a second one, and it is listed here.
      </p>
    )
  }
  return (
    <ul class="items">
      {tabs.map(({ id, title, status, isVisible }) => (
        <li key={id}>
          <strong>{title || 'A page without a title'}</strong>
          <span class="size">{isVisible ? 'visible' : 'hidden'}</span>
          <span class="state" data-status={status}>
            {STATUS_WORDS[status]}
          </span>
        </li>
      ))}
    </ul>
  )
}
