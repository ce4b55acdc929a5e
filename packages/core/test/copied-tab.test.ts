import { expect, it } from 'vitest'
import { storedSession } from './kit/observe.js'
import { World, type Page } from './kit/world.js'

/** A signed-in page and a page in a tab that was duplicated from it. */
async function duplicate(world: World): Promise<{ first: Page; copy: Page }> {
  const first = await world.signIn()
  const copy = world.page(world.browser.open('/', first.tab))
  await copy.auth.ready()
  return { first, copy }
}

it('hands the renewed session to a copied tab, which then sends no spent token', async () => {
  const world = new World()
  const { first, copy } = await duplicate(world)
  const token = await first.auth.getAccessToken({ forceRefresh: true })
  await expect(copy.auth.getAccessToken({ forceRefresh: true })).resolves.toBe(token)
  expect(world.tokenRequests('refresh_token')).toBe(1)
  expect(storedSession(copy.tab)).toBe(storedSession(first.tab))
})

it('keeps both tabs alive over refreshes in turn', async () => {
  const world = new World()
  const { first, copy } = await duplicate(world)
  for (const page of [first, copy, copy, first, first, copy]) {
    await world.clock.advance(3_700_000)
    await world.settled(() => !page.auth.getActivity().isRefreshing)
    await expect(page.auth.getAccessToken()).resolves.toMatch(/^tok_/)
  }
  expect([first, copy].map(({ auth }) => auth.getSnapshot().status)).toEqual([
    'authenticated',
    'authenticated',
  ])
})

it('ends a copied tab as expired when nobody answers, and sends nothing', async () => {
  const world = new World()
  const { first, copy } = await duplicate(world)
  await first.auth.getAccessToken({ forceRefresh: true })
  world.browser.tabs.delete(first.tab)
  const refresh = copy.auth
    .getAccessToken({ forceRefresh: true })
    .catch((error: { code: string }) => error.code)
  await world.settled(() => copy.auth.getActivity().isRefreshing)
  await world.clock.advance(1000)
  await expect(refresh).resolves.toBe('session_expired')
  expect(copy.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'expired' })
  expect(world.tokenRequests('refresh_token')).toBe(1)
  await expect(first.auth.getAccessToken({ forceRefresh: true })).resolves.toMatch(/^tok_/)
})

it('lets no token cross the channel in the clear', async () => {
  const world = new World()
  const { first, copy } = await duplicate(world)
  const posted: unknown[] = []
  const listener = world.browser.open()
  const channel = listener.environment().openChannel('spatio.auth:http://127.0.0.1:4400:demo-app')
  if (channel !== null) channel.onmessage = ({ data }: MessageEvent<unknown>) => posted.push(data)
  await first.auth.getAccessToken({ forceRefresh: true })
  await copy.auth.getAccessToken({ forceRefresh: true })
  const { accessToken, refreshToken } = JSON.parse(storedSession(copy.tab) ?? '') as Record<string, string>
  const bytes = (posted as { sealed?: ArrayBuffer }[]).map(({ sealed }) =>
    sealed ? Buffer.from(sealed).toString('latin1') : '',
  )
  const told = JSON.stringify(posted) + bytes.join('')
  expect(posted).toHaveLength(2)
  for (const secret of [accessToken, refreshToken]) expect(told).not.toContain(secret)
})
