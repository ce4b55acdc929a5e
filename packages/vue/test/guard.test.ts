// @vitest-environment happy-dom
import { createTestAuth, type TestAuth } from '@spatio-labs/auth/testing'
import { createMockAuthority } from '@spatio-labs/binding-contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, h } from 'vue'
import { createRouter, createWebHashHistory, createWebHistory, RouterView, type Router } from 'vue-router'
import {
  createAuthGuard,
  createSpatioAuthPlugin,
  useSpatioAuth,
  type AuthGuardOptions,
  type SpatioAuth,
} from '../src/index.js'

beforeEach(() => {
  sessionStorage.clear()
  history.replaceState(null, '', '/')
})

const page = { render: () => h('p') }
const routes = [
  { path: '/', component: page },
  {
    path: '/notes',
    component: page,
    meta: { requiresAuth: true },
    children: [{ path: ':id', component: page }],
  },
  {
    path: '/admin',
    component: page,
    meta: {
      requiresAuth: ({ scopes }: { readonly scopes: readonly string[] }) => scopes.includes('write:*'),
    },
  },
  { path: '/welcome', component: page },
]

function toRouter(auth: SpatioAuth, options?: AuthGuardOptions, base = '/'): Router {
  const router = createRouter({ history: createWebHistory(base), routes })
  router.beforeEach(createAuthGuard(auth, options))
  return router
}

describe('createAuthGuard()', () => {
  it('stays pending while the visitor is sent away, with the place to come back to', async () => {
    const auth = createTestAuth()
    const requireUser = vi.fn<SpatioAuth['requireUser']>(() => new Promise(() => undefined))
    const router = toRouter({ ...auth, requireUser }, {}, '/app/')
    await router.push('/')
    const settled = vi.fn()
    void router.push('/notes/7?tab=2#top').then(settled, settled)
    await vi.waitFor(() => expect(requireUser).toHaveBeenCalled(), { timeout: 10_000 })
    expect(requireUser).toHaveBeenCalledWith({
      returnTo: new URL('/app/notes/7?tab=2#top', location.origin).href,
    })
    expect(settled).not.toHaveBeenCalled()
    expect(router.currentRoute.value.path).toBe('/')
  })

  it('gives the place behind the # to come back to', async () => {
    const auth = createTestAuth()
    const router = createRouter({ history: createWebHashHistory(), routes })
    router.beforeEach(createAuthGuard(auth))
    await expect(router.push('/notes')).rejects.toMatchObject({ code: 'test_redirect' })
    expect(auth.calls.requireUser).toEqual([{ returnTo: new URL('/#/notes', location.origin).href }])
  })

  it('asks nobody on a route that requires nothing', async () => {
    const auth = createTestAuth()
    await toRouter(auth).push('/welcome')
    expect(auth.calls.requireUser).toEqual([])
  })

  it('lets in who fulfils the route, and throws interaction_required for who does not', async () => {
    const auth = createTestAuth({ user: {} })
    const router = toRouter(auth)
    await router.push('/notes')
    expect(router.currentRoute.value.path).toBe('/notes')
    await expect(router.push('/admin')).rejects.toMatchObject({ code: 'interaction_required' })
    auth.signInAs({}, { scopes: ['openid', 'write:*'] })
    await router.push('/admin')
    expect(router.currentRoute.value.path).toBe('/admin')
  })

  it('goes where `refused` says, for who signed out on purpose', async () => {
    const auth = createTestAuth({ status: 'unauthenticated', reason: 'signed-out' })
    const codes: string[] = []
    const router = toRouter(auth, { refused: ({ code }) => (codes.push(code), '/welcome') })
    await router.push('/notes')
    expect(router.currentRoute.value.path).toBe('/welcome')
    expect(codes).toEqual(['not_authenticated'])
  })

  it('takes its own rule for which routes it guards', async () => {
    const auth = createTestAuth()
    const router = toRouter(auth, { requires: ({ path }) => path.startsWith('/w') })
    await expect(router.push('/welcome')).rejects.toMatchObject({ code: 'test_redirect' })
  })

  it.each(['plugin first', 'router first'])('works with the %s', async (order) => {
    const auth = createTestAuth({ user: {} })
    const plugin = createSpatioAuthPlugin(auth)
    const router = createRouter({ history: createWebHistory(), routes })
    router.beforeEach(createAuthGuard(plugin))
    const app = createApp(RouterView)
    for (const use of order === 'plugin first' ? [plugin, router] : [router, plugin]) app.use(use)
    await router.push('/notes')
    expect(router.currentRoute.value.path).toBe('/notes')
    app.mount(document.createElement('div'))
    app.unmount()
  })

  it('leaves the answer of the authority out of the address, which the router read before', async () => {
    const authority = createMockAuthority()
    await authority.visit(authority.createClient())
    expect(location.search).toContain('code=')
    const client = authority.createClient()
    const router = toRouter(client, { requires: () => true })
    await router.push(location.pathname + location.search)
    expect(client.getSnapshot().status).toBe('authenticated')
    expect(location.href).not.toContain('code=')
    expect(router.currentRoute.value.fullPath).toBe('/')
    client.dispose()
  })
})

describe('useSpatioAuth() in a guard', () => {
  it('works before the first await, and says outside_injection after it', async () => {
    const router = createRouter({ history: createWebHistory(), routes })
    const seen: string[] = []
    router.beforeEach(async () => {
      seen.push(useSpatioAuth().status.value)
      await Promise.resolve()
      expect(() => useSpatioAuth()).toThrow(expect.objectContaining({ code: 'outside_injection' }))
      seen.push('after')
    })
    const app = createApp(RouterView)
    app.use(createSpatioAuthPlugin(signedIn())).use(router)
    await router.push('/welcome')
    expect(seen).toEqual(['authenticated', 'after'])
    app.mount(document.createElement('div'))
    app.unmount()
  })
})

function signedIn(): TestAuth {
  return createTestAuth({ user: { name: 'Mira' } })
}
