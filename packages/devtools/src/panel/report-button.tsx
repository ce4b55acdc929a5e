import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { DevtoolsContext } from './devtools-context.js'
import { createReport } from './report.js'

/** Copies a report without secrets; where the browser refuses, shows it to be copied by hand. */
export function ReportButton({ auth, log }: Pick<DevtoolsContext, 'auth' | 'log'>): JSX.Element {
  const [outcome, setOutcome] = useState('')
  const [shown, setShown] = useState<string | null>(null)
  const copy = async (): Promise<void> => {
    const report = createReport(auth, log)
    try {
      await navigator.clipboard.writeText(report)
      setShown(null)
      setOutcome('Copied.')
    } catch {
      setShown(report)
      setOutcome('Copy it from here.')
    }
  }
  return (
    <footer>
      <div class="bar">
        <button type="button" class="button" onClick={() => void copy()}>
          Copy a report
        </button>
        <p role="status" class="soft">
          {outcome || 'Without tokens and claims: for an issue.'}
        </p>
      </div>
      {shown !== null && <textarea readOnly rows={6} aria-label="The report" value={shown} />}
    </footer>
  )
}
