import type { AuthState, SpatioAuth } from '@spatio-labs/auth'

/** What another tab with devtools tells of itself. */
export interface OtherTab {
  readonly id: string
  readonly title: string
  readonly status: AuthState['status']
  readonly isVisible: boolean
}

/** The other tabs of this origin that have devtools. */
export interface TabRoll {
  /** The same array until one came, went or changed. */
  readonly getTabs: () => readonly OtherTab[]
  /** @returns its unsubscribe */
  readonly subscribe: (listener: () => void) => () => void
  /** Says good-bye. */
  readonly close: () => void
}

type Message =
  { readonly kind: 'here'; readonly tab: OtherTab } | { readonly kind: 'who' | 'gone'; readonly id: string }

const CHANNEL = 'spatio-auth-devtools'

/** Asks who is there, and answers whoever asks. */
export function openTabRoll(auth: Pick<SpatioAuth, 'getSnapshot' | 'subscribe'>): TabRoll {
  const id = crypto.randomUUID()
  const { replace, ...list } = createTabList()
  let channel: BroadcastChannel | null = null
  const post = (message: Message): void => channel?.postMessage(message)
  const introduce = (): void => post({ kind: 'here', tab: toSelf(id, auth.getSnapshot()) })
  const receive = ({ data }: MessageEvent): void => {
    if (!isMessage(data)) return
    if (data.kind === 'who') return introduce()
    const told = data.kind === 'here' ? data.tab.id : data.id
    const others = list.getTabs().filter((tab) => tab.id !== told)
    replace(data.kind === 'here' ? [...others, data.tab] : others)
  }
  const enter = (): void => {
    channel ??= new BroadcastChannel(CHANNEL)
    channel.onmessage = receive
    post({ kind: 'who', id })
    introduce()
  }
  // A page in the browser's cache for Back is not there, and an open channel would keep it out of that cache.
  const leave = (): void => {
    post({ kind: 'gone', id })
    channel?.close()
    channel = null
    replace([])
  }
  const stops = [
    auth.subscribe(introduce),
    listen(window, 'pagehide', leave),
    listen(window, 'pageshow', enter),
    listen(document, 'visibilitychange', introduce),
  ]
  enter()
  const close = (): void => {
    for (const stop of stops) stop()
    leave()
  }
  return { ...list, close }
}

function createTabList(): Pick<TabRoll, 'getTabs' | 'subscribe'> & { replace: (next: OtherTab[]) => void } {
  const listeners = new Set<() => void>()
  let tabs: readonly OtherTab[] = []
  return {
    getTabs: () => tabs,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    replace: (next) => {
      tabs = next
      for (const listener of listeners) listener()
    },
  }
}

function toSelf(id: string, { status }: AuthState): OtherTab {
  return { id, title: document.title, status, isVisible: document.visibilityState === 'visible' }
}

function listen(target: Window | Document, type: string, listener: () => void): () => void {
  target.addEventListener(type, listener)
  return () => target.removeEventListener(type, listener)
}

/** Any script of the origin can post here, and an older version of this one. */
function isMessage(data: unknown): data is Message {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return false
  if (data.kind === 'who' || data.kind === 'gone') return 'id' in data && typeof data.id === 'string'
  return data.kind === 'here' && 'tab' in data && isTab(data.tab)
}

function isTab(tab: unknown): tab is OtherTab {
  if (typeof tab !== 'object' || tab === null) return false
  const { id, title, status, isVisible } = tab as Record<string, unknown>
  return [id, title, status].every((text) => typeof text === 'string') && typeof isVisible === 'boolean'
}
