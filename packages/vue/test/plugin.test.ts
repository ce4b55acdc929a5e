// @vitest-environment happy-dom
import { createTestAuth } from '@spatio-labs/auth/testing'
import { countSubscriptions } from '@spatio-labs/binding-contract'
import { createPinia, defineStore, storeToRefs } from 'pinia'
import { describe, expect, it, vi } from 'vitest'
import { createApp, defineComponent, h, inject, isReactive, nextTick, reactive, watch } from 'vue'
import { createSpatioAuthPlugin, SPATIO_AUTH, useSpatioAuth } from '../src/index.js'

const MIRA = { sub: 'usr_mira', name: 'Mira' }

describe('what createSpatioAuthPlugin() returns', () => {
  it('is usable anywhere, before any app uses it', () => {
    const client = createTestAuth({ user: MIRA })
    const auth = createSpatioAuthPlugin(client)
    expect(auth.state.value).toBe(client.getSnapshot())
    expect(auth.user.value?.name).toBe('Mira')
    client.signOutAs('expired')
    expect([auth.status.value, auth.isAuthenticated.value, auth.user.value]).toEqual([
      'unauthenticated',
      false,
      null,
    ])
  })

  it('is safe inside reactive(), and so is the client', async () => {
    const client = createTestAuth({ user: MIRA })
    const auth = createSpatioAuthPlugin(client)
    const held = reactive({ auth, client: auth.client })
    expect(isReactive(held.client)).toBe(false)
    expect(held.auth).toBe(auth)
    await expect(held.client.getAccessToken()).resolves.toMatch(/^tok_/)
    expect(isReactive(auth.state.value.user)).toBe(false)
  })

  it('is what a Pinia store may spread', async () => {
    const client = createTestAuth({ user: MIRA })
    const useAuthStore = defineStore('auth', () => ({ ...useSpatioAuth() }))
    let name = ''
    const Leaf = defineComponent(() => {
      const { user } = storeToRefs(useAuthStore())
      return () => h('p', (name = user.value?.name ?? ''))
    })
    const app = createApp(Leaf).use(createPinia()).use(createSpatioAuthPlugin(client))
    app.mount(document.createElement('div'))
    expect(name).toBe('Mira')
    client.rotate({ name: 'Jonas' })
    await nextTick()
    expect(name).toBe('Jonas')
    app.unmount()
  })

  it('is given by inject(SPATIO_AUTH) and by $spatioAuth', () => {
    const plugin = createSpatioAuthPlugin(createTestAuth({ user: MIRA }))
    const seen: unknown[] = []
    const Leaf = defineComponent({
      setup: () => ({ injected: inject(SPATIO_AUTH) }),
      render() {
        seen.push(this.injected?.client, this.$spatioAuth.client)
        return null
      },
    })
    const app = createApp(Leaf).use(plugin)
    app.mount(document.createElement('div'))
    expect(seen).toEqual([plugin.client, plugin.client])
    app.unmount()
  })

  it('follows the client again when a second app uses it, until the last one is gone', () => {
    const { client, count } = countSubscriptions(createTestAuth({ user: MIRA }))
    const plugin = createSpatioAuthPlugin(client)
    const start = () => {
      const app = createApp({ render: () => null }).use(plugin)
      app.mount(document.createElement('div'))
      return app
    }
    const [first, second] = [start(), start()]
    first.unmount()
    expect(count()).toBeGreaterThan(0)
    second.unmount()
    expect(count()).toBe(0)
    const third = start()
    client.signInAs({ ...MIRA, name: 'Jonas' })
    expect(plugin.user.value?.name).toBe('Jonas')
    third.unmount()
    expect(count()).toBe(0)
  })

  it('tells a watcher once for a change, and never for a refresh', async () => {
    const client = createTestAuth({ user: MIRA })
    const seen = vi.fn()
    const stop = watch(createSpatioAuthPlugin(client).user, seen)
    await client.getAccessToken({ forceRefresh: true })
    await nextTick()
    expect(seen).not.toHaveBeenCalled()
    client.rotate({ name: 'Jonas' })
    await nextTick()
    expect(seen).toHaveBeenCalledTimes(1)
    stop()
  })
})

describe('useSpatioAuth()', () => {
  it('says outside_injection where Vue cannot inject', () => {
    expect(() => useSpatioAuth()).toThrow(expect.objectContaining({ code: 'outside_injection' }))
  })

  it('works by app.runWithContext', () => {
    const app = createApp({}).use(createSpatioAuthPlugin(createTestAuth({ user: MIRA })))
    expect(app.runWithContext(() => useSpatioAuth().user.value?.name)).toBe('Mira')
  })
})
