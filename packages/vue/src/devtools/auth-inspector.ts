import { setupDevToolsPlugin } from '@vue/devtools-api'
import type { Activity, AuthState, SpatioAuth, SpatioAuthEvent } from '@spatio-labs/auth'
import type { App } from 'vue'

const ID = 'spatio-auth'
const LABEL = 'Spatio sign-in'
const ORBIT_BLUE = 0x3355ff

/** One node with the state, and one time-line layer with the client's events, which hold no secret. */
export function addAuthInspector(app: App, client: SpatioAuth): void {
  const descriptor = { id: ID, label: LABEL, packageName: '@spatio-labs/auth-vue', app }
  setupDevToolsPlugin(descriptor, (api) => {
    api.addInspector({ id: ID, label: LABEL, icon: 'lock' })
    api.addTimelineLayer({ id: ID, label: LABEL, color: ORBIT_BLUE })
    api.on.getInspectorTree((payload) => {
      if (payload.inspectorId === ID) payload.rootNodes = [{ id: ID, label: client.getSnapshot().status }]
    })
    api.on.getInspectorState((payload) => {
      if (payload.inspectorId === ID) payload.state = toSections(client.getSnapshot(), client.getActivity())
    })
    const stop = client.on('*', (event) => {
      api.addTimelineEvent({ layerId: ID, event: toTimelineEvent(event, api.now()) })
      api.sendInspectorTree(ID)
      api.sendInspectorState(ID)
    })
    app.onUnmount(stop)
  })
}

type Entry = { readonly key: string; readonly value: unknown }

function toSections(state: AuthState, activity: Activity): Record<string, { key: string; value: unknown }[]> {
  return { state: toEntries({ ...state, error: state.error?.code ?? null }), activity: toEntries(activity) }
}

function toEntries(facts: object): Entry[] {
  return Object.entries(facts).map(([key, value]) => ({ key, value: value as unknown }))
}

function toTimelineEvent({ type, at, ...detail }: SpatioAuthEvent, time: number) {
  return {
    time,
    title: type,
    data: { at, ...detail },
    logType: type.endsWith('failed') ? ('warning' as const) : ('default' as const),
  }
}
