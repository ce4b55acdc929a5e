import type { JSX, Ref } from 'preact'
import type { DevtoolsContext } from './devtools-context.js'
import { FaultsView } from './faults-view.js'
import { TAB_NAMES, type TabName } from './panel-view.js'
import { ReportButton } from './report-button.js'
import { SessionView } from './session-view.js'
import { STATUS_WORDS, toDoing } from './status.js'
import { StorageView } from './storage-view.js'
import { TabList } from './tab-list.js'
import type { TabRoll } from './tab-roll.js'
import { TabsView } from './tabs-view.js'
import { TimeLineView } from './time-line-view.js'
import { useStore } from './use-store.js'

interface PanelProps {
  readonly context: DevtoolsContext
  readonly roll: TabRoll | null
  readonly tab: TabName
  readonly onTab: (tab: TabName) => void
  /** Undefined where it stands open for good. */
  readonly onClose: (() => void) | undefined
  readonly panelRef: Ref<HTMLElement>
}

/** The devtools, opened. */
export function Panel({ context, roll, tab, onTab, onClose, panelRef }: PanelProps): JSX.Element {
  const names = TAB_NAMES.filter((name) => name !== 'faults' || context.mock !== undefined)
  // The panel may have been left at the faults of a mock that is not here now.
  const selected = names.includes(tab) ? tab : 'time-line'
  return (
    <section class="panel" aria-label="Spatio devtools" tabIndex={-1} ref={panelRef}>
      <header>
        <h2>Spatio devtools</h2>
        <StatusPill auth={context.auth} />
        {onClose && (
          <button type="button" class="plain close" onClick={onClose} aria-label="Close">
            ✕
          </button>
        )}
      </header>
      <TabList names={names} selected={selected} onSelect={onTab} />
      <div class="view" role="tabpanel" id="view" aria-labelledby={`tab-${selected}`} tabIndex={0}>
        <View context={context} roll={roll} tab={selected} />
      </div>
      <ReportButton auth={context.auth} log={context.log} />
    </section>
  )
}

function StatusPill({ auth }: Pick<DevtoolsContext, 'auth'>): JSX.Element {
  const { status } = useStore(auth.subscribe, auth.getSnapshot)
  const doing = toDoing(useStore(auth.subscribeActivity, auth.getActivity))
  return (
    <p class="state" role="status" data-status={status} data-busy={doing !== ''}>
      {STATUS_WORDS[status]}
      {doing !== '' && <span class="soft">{doing}</span>}
    </p>
  )
}

function View({ context, roll, tab }: Pick<PanelProps, 'context' | 'roll' | 'tab'>): JSX.Element {
  switch (tab) {
    case 'time-line':
      return <TimeLineView log={context.log} />
    case 'session':
      return <SessionView auth={context.auth} log={context.log} />
    case 'storage':
      return <StorageView auth={context.auth} />
    case 'tabs':
      return roll === null ? <p class="empty">Looking…</p> : <TabsView roll={roll} />
    case 'faults':
      return context.mock === undefined ? <p /> : <FaultsView mock={context.mock} log={context.log} />
  }
}
