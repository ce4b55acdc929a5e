// @vitest-environment node
import { createSpatioAuth } from '@spatio-labs/auth'
import { createTestAuth, type TestAuth } from '@spatio-labs/auth/testing'
import { countSubscriptions } from '@spatio-labs/binding-contract'
import { describe, expect, it, vi } from 'vitest'
import { createSSRApp, defineComponent, h, type App } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createSpatioAuthPlugin, RequireAuth, SignedIn, useSpatioAuth } from '../src/index.js'

describe('on a server', () => {
  it('renders loading with the real client, without a window and without a request', async () => {
    expect('window' in globalThis).toBe(false)
    const send = vi.fn<typeof fetch>()
    const client = createSpatioAuth({ clientId: 'app_123', fetch: send })
    const app = createSSRApp(() => [
      h(SignedIn, null, { loading: () => 'wait' }),
      h(RequireAuth, null, { loading: () => 'still' }),
      h(Status),
    ])
    const html = await renderToString(app.use(createSpatioAuthPlugin(client)))
    expect(html.replaceAll(/<!--.*?-->|<[^>]*>/g, '')).toBe('waitstillloading')
    expect(send).not.toHaveBeenCalled()
  })

  it('keeps two apps apart that render at the same time', async () => {
    const render = async (auth: TestAuth): Promise<string> => renderToString(toApp(auth))
    const [mira, jonas] = await Promise.all([
      render(createTestAuth({ user: { name: 'Mira' } })),
      render(createTestAuth({ user: { name: 'Jonas' } })),
    ])
    expect([mira, jonas]).toEqual(['<p>Mira</p>', '<p>Jonas</p>'])
  })

  it('starts nothing: neither ready() nor a sign-in', async () => {
    const { client } = countSubscriptions(createTestAuth())
    await renderToString(createSSRApp(() => h(RequireAuth)).use(createSpatioAuthPlugin(client)))
    expect(client.calls.ready).toEqual([])
    expect(client.calls.requireUser).toEqual([])
  })
})

const Status = defineComponent(() => {
  const { status } = useSpatioAuth()
  return () => h('p', status.value)
})

function toApp(auth: TestAuth): App {
  const Name = defineComponent({
    async setup() {
      const { user } = useSpatioAuth()
      await Promise.resolve()
      return () => h('p', user.value?.name)
    },
  })
  return createSSRApp(Name).use(createSpatioAuthPlugin(auth))
}
