import { expect, it } from 'vitest'
import type { SpatioAuth } from '../src/client/spatio-auth.js'
import { newRelayWorld } from './kit/popup.js'
import { loadRelayPage } from './kit/relay.js'

const codeOf = (error: unknown): string => (error as { code: string }).code

/** The pattern of docs/guides/step-up.md. */
async function withScope<Result>(
  auth: SpatioAuth,
  scope: string,
  request: () => Promise<Result>,
): Promise<Result> {
  const { scopes } = auth.getSnapshot()
  if (!scopes.includes(scope)) await auth.signIn({ mode: 'popup', scope: [...scopes, scope].join(' ') })
  return request()
}

it('pauses a request that needs a further scope, asks for it in a popup, and sends it then', async () => {
  const world = newRelayWorld()
  const page = await world.signIn(world.browser.open('/notes?draft=1'))
  const href = page.tab.href
  expect(await page.auth.getAccessToken({ scope: 'read:*' }).catch(codeOf)).toBe('interaction_required')
  const url = 'http://127.0.0.1:4400/v1/notes'
  expect((await page.auth.fetch(url)).status).toBe(403)
  const answer = withScope(page.auth, 'read:*', () => page.auth.fetch(url))
  const [popup] = page.tab.popups
  await world.settled(() => popup?.navigations.length === 1)
  const callback = await world.visit(popup?.navigations[0] ?? '')
  loadRelayPage(page.tab, callback, { tab: page.tab, source: popup })
  expect((await answer).status).toBe(200)
  expect(page.tab.href).toBe(href)
  expect(page.auth.getSnapshot().scopes).toContain('read:*')
  await expect(page.auth.getAccessToken({ scope: 'read:*' })).resolves.toEqual(expect.any(String))
})

it('sends nothing when the user closes the popup', async () => {
  const world = newRelayWorld()
  const page = await world.signIn()
  let isSent = false
  const code = withScope(page.auth, 'read:*', async () => void (isSent = true)).catch(codeOf)
  const [popup] = page.tab.popups
  await world.settled(() => popup?.navigations.length === 1)
  popup?.arrive()
  await world.clock.advance(500)
  popup?.close()
  await world.clock.advance(1000)
  expect(await code).toBe('popup_closed')
  expect(isSent).toBe(false)
  expect(page.auth.getSnapshot().scopes).toEqual(['openid', 'profile', 'email'])
})

it('keeps the place and the app state through a step-up by redirect', async () => {
  const world = newRelayWorld()
  const page = await world.signIn(world.browser.open('/notes'))
  const options = { scope: 'openid profile email read:*', prompt: 'login', maxAge: 60, appState: 7 } as const
  const callback = await world.authorize(page, options)
  const request = world.mock.requests({ endpoint: 'authorize' }).at(-1)
  expect(request?.parameters).toMatchObject({ scope: options.scope, prompt: 'login', max_age: '60' })
  const next = await world.reload(page.tab, callback)
  expect(next.tab.href).toBe('http://localhost:5173/notes')
  expect(next.auth.getAppState()).toBe(7)
  expect(next.auth.getSnapshot().scopes).toContain('read:*')
})
