// @vitest-environment happy-dom
import { createTestAuth } from '@spatio-labs/auth/testing'
import { countSubscriptions } from '@spatio-labs/binding-contract'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createApp } from 'vue'
import { createSpatioAuthPlugin } from '../src/index.js'

const MIRA = { sub: 'usr_mira', name: 'Mira' }

describe('the devtools', () => {
  afterEach(() => vi.doUnmock('@vue/devtools-api'))

  it('get one inspector node and a layer with the events of the client, loaded after the page', async () => {
    const api = {
      addInspector: vi.fn(),
      addTimelineLayer: vi.fn(),
      addTimelineEvent: vi.fn(),
      sendInspectorTree: vi.fn(),
      sendInspectorState: vi.fn(),
      now: () => 7,
      on: { getInspectorTree: vi.fn(), getInspectorState: vi.fn() },
    }
    const setupDevToolsPlugin = vi.fn((_descriptor: object, setUp: (given: typeof api) => void) => setUp(api))
    vi.doMock('@vue/devtools-api', () => ({ setupDevToolsPlugin }))
    const { client, count } = countSubscriptions(createTestAuth({ user: MIRA, accessToken: 'tok_secret' }))
    const app = createApp({ render: () => null }).use(createSpatioAuthPlugin(client))
    app.mount(document.createElement('div'))
    expect(setupDevToolsPlugin).not.toHaveBeenCalled()
    await vi.waitFor(() => expect(api.addTimelineLayer).toHaveBeenCalledTimes(1), { timeout: 10_000 })

    await client.getAccessToken({ forceRefresh: true })
    const titles = api.addTimelineEvent.mock.calls.map(([{ event }]) => event.title as string)
    expect(titles).toEqual(['refresh_started', 'refreshed'])
    const tree = { inspectorId: 'spatio-auth', rootNodes: [] }
    const inspected = { inspectorId: 'spatio-auth', state: {} }
    api.on.getInspectorTree.mock.calls[0]?.[0](tree)
    api.on.getInspectorState.mock.calls[0]?.[0](inspected)
    expect(tree.rootNodes).toEqual([{ id: 'spatio-auth', label: 'authenticated' }])
    expect(JSON.stringify(inspected)).toContain('"name":"Mira"')
    expect(JSON.stringify([inspected, api.addTimelineEvent.mock.calls])).not.toContain('tok_')
    app.unmount()
    expect(count()).toBe(0)
  })

  it('are not in production', async () => {
    const { setUpDevtools } = await import('../src/devtools/devtools.js')
    expect(setUpDevtools(createApp({}), createTestAuth())).toBeUndefined()
  })
})
