/** What of the panel outlives a page: a sign-in leaves it and comes back. */
export interface PanelView {
  readonly isOpen: boolean
  readonly tab: TabName
}

export const TAB_NAMES = ['time-line', 'session', 'storage', 'tabs', 'faults'] as const
export type TabName = (typeof TAB_NAMES)[number]

const KEY = 'spatio-auth-devtools.view'
const DEFAULTS: PanelView = { isOpen: false, tab: 'time-line' }

/** How the panel was left in this tab. */
export function readView(storage: Storage | null): PanelView {
  try {
    const parsed = JSON.parse(storage?.getItem(KEY) ?? '{}') as Partial<Record<keyof PanelView, unknown>>
    const tab = TAB_NAMES.find((name) => name === parsed.tab) ?? DEFAULTS.tab
    return { isOpen: parsed.isOpen === true, tab }
  } catch {
    return DEFAULTS
  }
}

export function keepView(storage: Storage | null, view: PanelView): void {
  try {
    storage?.setItem(KEY, JSON.stringify(view))
  } catch {
    // The storage is full: the next page begins with the panel closed.
  }
}
