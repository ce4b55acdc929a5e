import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { EventLog, LogEntry } from '../event-log.js'
import { describeEvent } from './describe-event.js'
import { toClockTime } from './times.js'
import { useStore } from './use-store.js'

const FILTERS = {
  all: { name: 'All', isShown: () => true },
  requests: { name: 'Requests', isShown: ({ event }: LogEntry) => event.type === 'request' },
  problems: { name: 'Problems', isShown: ({ event }: LogEntry) => describeEvent(event).tone === 'bad' },
} as const
type Filter = keyof typeof FILTERS

/** What the client did, newest first. */
export function TimeLineView({ log }: { readonly log: EventLog }): JSX.Element {
  const entries = useStore(log.subscribe, log.getEntries)
  const [filter, setFilter] = useState<Filter>('all')
  const shown = entries.filter(FILTERS[filter].isShown)
  return (
    <>
      <div class="bar">
        <FilterSwitch filter={filter} onChoose={setFilter} />
        <button type="button" class="plain" onClick={log.clear} disabled={entries.length === 0}>
          Clear
        </button>
      </div>
      {shown.length === 0 ? (
        <p class="empty">
          {entries.length === 0 ? 'Nothing yet: each step appears here.' : 'None of these.'}
        </p>
      ) : (
        <ol class="events" aria-label="Events, newest first">
          {shown.map((entry) => (
            <TimeLineItem key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
    </>
  )
}

interface FilterSwitchProps {
  readonly filter: Filter
  readonly onChoose: (filter: Filter) => void
}

function FilterSwitch({ filter, onChoose }: FilterSwitchProps): JSX.Element {
  return (
    <fieldset class="switch">
      <legend class="visually-hidden">Show</legend>
      {(Object.keys(FILTERS) as Filter[]).map((name) => (
        <label key={name}>
          <input type="radio" name="filter" checked={name === filter} onChange={() => onChoose(name)} />
          <span>{FILTERS[name].name}</span>
        </label>
      ))}
    </fieldset>
  )
}

function TimeLineItem({ entry: { event } }: { readonly entry: LogEntry }): JSX.Element {
  const { title, detail, tone } = describeEvent(event)
  return (
    <li class="event" data-tone={tone} data-event={event.type}>
      <span class="event-text">
        <strong>{title}</strong>
        {detail !== '' && <span>{detail}</span>}
      </span>
      <time dateTime={new Date(event.at).toISOString()}>{toClockTime(event.at)}</time>
    </li>
  )
}
