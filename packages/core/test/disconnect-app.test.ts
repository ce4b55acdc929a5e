import { describe, expect, it } from 'vitest'
import { answerEndpoint } from './kit/forge.js'
import { storedSession } from './kit/observe.js'
import { World } from './kit/world.js'

const SIGNED_OUT = { status: 'unauthenticated', reason: 'signed-out' }

describe('disconnectApp', () => {
  it('keeps the session when the authority cannot be asked, and says that it may be tried again', async () => {
    const world = new World()
    const page = await world.signIn()
    world.isOffline = true
    const error = await page.auth.disconnectApp().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'revocation_failed', retryable: true })
    expect(String(error)).not.toContain('status')
    expect(page.auth.getSnapshot().status).toBe('authenticated')
    expect(storedSession(page.tab)).not.toBeNull()
  })

  it('keeps the session when the authority answers too late', async () => {
    const world = new World()
    const page = await world.signIn()
    world.intercepts.push((request) =>
      request.url.includes('/connected-apps/') ? new Promise(() => undefined) : undefined,
    )
    const outcome = page.auth.disconnectApp().catch((error: { code: string }) => error.code)
    await world.clock.advance(10_000)
    await expect(outcome).resolves.toBe('revocation_failed')
    expect(page.events.filter(({ type }) => type === 'request').at(-1)).toMatchObject({
      status: null,
      durationMs: 10_000,
    })
    expect(page.auth.getSnapshot().status).toBe('authenticated')
  })

  it.each([
    [500, true],
    [503, true],
    [429, true],
    [400, false],
    [403, false],
  ])('says of the status %d whether to try it again: %s', async (status, retryable) => {
    const world = new World()
    const page = await world.signIn()
    const refuse = () => new Response('{}', { status })
    world.intercepts.push(answerEndpoint('/v1/account/connected-apps/demo-app', refuse))
    await expect(page.auth.disconnectApp()).rejects.toMatchObject({
      code: 'revocation_failed',
      phase: 'sign_out',
      retryable,
      message: expect.stringContaining(`status ${status}`),
    })
    expect(page.events.filter(({ type }) => type === 'request').at(-1)).toMatchObject({
      endpoint: 'connected_apps',
      method: 'DELETE',
      status,
      durationMs: expect.any(Number),
    })
    expect(page.auth.getSnapshot().status).toBe('authenticated')
  })

  it('is refused when nobody is signed in', async () => {
    const page = new World().page()
    await expect(page.auth.disconnectApp()).rejects.toMatchObject({ code: 'not_authenticated' })
  })

  it('withdraws the consent with a live token, then signs out in every tab', async () => {
    const world = new World({ storage: 'local' })
    const page = await world.signIn()
    const other = world.page()
    await other.auth.ready()
    await page.auth.disconnectApp()
    const [request] = world.mock.requests({ endpoint: 'connected-apps' })
    expect(request).toMatchObject({ method: 'DELETE', status: 200 })
    expect(page.auth.getSnapshot()).toMatchObject(SIGNED_OUT)
    await world.settled(() => other.auth.getSnapshot().status === 'unauthenticated')
    expect(storedSession(page.tab, 'local')).toBeNull()
    // The authority has ended the tokens itself.
    expect(world.mock.requests({ endpoint: 'revoke' })).toEqual([])
  })

  it('signs out when there is no consent any more', async () => {
    const world = new World()
    const page = await world.signIn()
    world.intercepts.push(
      answerEndpoint('/v1/account/connected-apps/demo-app', () => new Response('{}', { status: 404 })),
    )
    await page.auth.disconnectApp()
    expect(page.auth.getSnapshot()).toMatchObject(SIGNED_OUT)
  })
})
