import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import type { SpatioAuth } from '../src/index.js'
import { createTestAuth } from '../src/testing/create-test-auth.js'

describe('createTestAuth()', () => {
  it('is a client, signed out unless told otherwise', () => {
    const auth = createTestAuth()
    expectTypeOf(auth).toExtend<SpatioAuth>()
    expect(auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
  })

  it.each([
    [{ status: 'loading' } as const, { status: 'loading' }],
    [{ status: 'unauthenticated', reason: 'idle' } as const, { status: 'unauthenticated', reason: 'idle' }],
    [
      { error: 'discovery_failed' } as const,
      { status: 'error', error: { phase: 'discovery', retryable: true } },
    ],
    [
      { user: { name: 'Zoë 🌍' }, scopes: ['openid'] },
      { user: { sub: 'usr_test', name: 'Zoë 🌍' }, scopes: ['openid'] },
    ],
  ])('starts with %j', (init, state) => {
    expect(createTestAuth(init).getSnapshot()).toMatchObject(state)
  })

  it('uses no timer, no request, no crypto and no storage', async () => {
    const touched = vi.fn()
    for (const name of ['fetch', 'setTimeout', 'setInterval', 'queueMicrotask', 'BroadcastChannel']) {
      vi.stubGlobal(name, touched)
    }
    vi.stubGlobal('crypto', new Proxy({}, { get: touched }))
    const auth = createTestAuth({ user: { name: 'Mira' }, expiresIn: 60 })
    await auth.ready()
    auth.tick(50_000)
    auth.rotate({ name: 'Mira Okafor' })
    await auth.getAccessToken({ forceRefresh: true })
    await auth.signOut()
    vi.unstubAllGlobals()
    expect(touched).not.toHaveBeenCalled()
  })

  it('changes what it shows at once', () => {
    const auth = createTestAuth()
    auth.signInAs({ name: 'Mira' }, { scopes: ['openid', 'read:*'] })
    expect(auth.getSnapshot()).toMatchObject({ user: { name: 'Mira' }, scopes: ['openid', 'read:*'] })
    auth.fail('refresh_transient')
    expect(auth.getSnapshot()).toMatchObject({ user: { name: 'Mira' }, error: { code: 'refresh_transient' } })
    auth.expire()
    expect(auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'expired' })
    auth.fail('state_mismatch')
    expect(auth.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'state_mismatch' } })
    auth.signOutAs('user-changed')
    expect(auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'user-changed' })
    auth.setLoading()
    expect(auth.getSnapshot()).toBe(auth.getServerSnapshot())
  })

  it('ends the test of a guard with test_redirect, and says what it was asked for', async () => {
    const auth = createTestAuth()
    await expect(auth.requireUser({ returnTo: '/notes' })).rejects.toMatchObject({ code: 'test_redirect' })
    expect(auth.calls.requireUser).toEqual([{ returnTo: '/notes' }])
  })

  it('records a sign-in, which stays pending as on a page that is left', async () => {
    const auth = createTestAuth()
    const settled = vi.fn()
    void auth.signIn({ prompt: 'login' }).then(settled, settled)
    await Promise.resolve()
    expect(auth.calls.signIn).toEqual([{ prompt: 'login' }])
    expect(settled).not.toHaveBeenCalled()
  })

  it('lets a guard and a caller wait while it loads', async () => {
    const auth = createTestAuth({ status: 'loading' })
    const [user, token, ready] = [auth.requireUser(), auth.getAccessToken(), auth.ready()]
    auth.signInAs({ name: 'Mira' }, { accessToken: 'tok_mine' })
    await expect(user).resolves.toMatchObject({ name: 'Mira' })
    await expect(token).resolves.toBe('tok_mine')
    await expect(ready).resolves.toBe(auth.getSnapshot())
  })

  it('asks onToken what a refresh brings, and lets a mistake of the test itself through', async () => {
    const auth = createTestAuth({ user: {}, expiresIn: 300 })
    auth.onToken(({ trigger, count }) => `tok_${trigger}_${count}`)
    await expect(auth.getAccessToken({ forceRefresh: true })).resolves.toBe('tok_forced_1')
    auth.tick(250_000)
    await expect(auth.getAccessToken()).resolves.toBe('tok_schedule_2')
    auth.onToken(() => {
      throw new TypeError('a mistake of the test')
    })
    expect(() => auth.tick(250_000)).toThrow(TypeError)
  })

  it('refuses a request without a fetch, and names what to give', async () => {
    const auth = createTestAuth({ user: {} })
    await expect(auth.fetch('https://api.spatio.app/v1/notes')).rejects.toMatchObject({
      code: 'config_invalid',
    })
  })

  it('asks for a new token once when the API says 401', async () => {
    const tokens: (string | null)[] = []
    const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
      tokens.push(new Request(input, init).headers.get('authorization'))
      return new Response(null, { status: 401 })
    }
    const auth = createTestAuth({ user: {} }, { fetch, allowedOrigins: ['https://notes.example'] })
    await expect(auth.fetch('https://notes.example/')).resolves.toMatchObject({ status: 401 })
    expect(tokens).toEqual(['Bearer tok_test_1', 'Bearer tok_test_2'])
  })

  it('ends the wait of an aborted caller', async () => {
    const auth = createTestAuth({ user: {} })
    const signal = AbortSignal.abort()
    await expect(auth.getAccessToken({ forceRefresh: true, signal })).rejects.toMatchObject({
      code: 'aborted',
    })
  })
})
