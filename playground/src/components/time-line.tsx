import { useSyncExternalStore, type ReactNode } from 'react'
import { toClockTime } from '../clock-time'
import { describeEvent } from '../describe-event'
import type { EventLog, LogEntry } from '../event-log'

/** What the client did, newest first. */
export function TimeLine({ log }: { readonly log: EventLog }): ReactNode {
  const entries = useSyncExternalStore(log.subscribe, log.getEntries)
  return (
    <section className="time-line" aria-labelledby="time-line-title">
      <header className="panel-header">
        <h2 id="time-line-title">What happened</h2>
        {entries.length > 0 && (
          <button type="button" className="text-button" onClick={log.clear}>
            Clear
          </button>
        )}
      </header>
      {entries.length === 0 ? (
        <p className="time-line-empty">Nothing yet. Sign in, and each step appears here.</p>
      ) : (
        <ol className="time-line-list" tabIndex={0} aria-label="Events, newest first" data-testid="time-line">
          {entries.map((entry) => (
            <TimeLineItem key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  )
}

function TimeLineItem({ entry }: { readonly entry: LogEntry }): ReactNode {
  const { title, detail, tone } = describeEvent(entry.event)
  return (
    <li className="time-line-item" data-tone={tone} data-event={entry.event.type}>
      <time dateTime={new Date(entry.event.at).toISOString()}>{toClockTime(entry.event.at)}</time>
      <span className="time-line-text">
        <strong>{title}</strong>
        {detail !== '' && <span>{detail}</span>}
      </span>
    </li>
  )
}
