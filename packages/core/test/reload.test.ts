import { expect, it } from 'vitest'
import { CHUNKS } from '../src/client/load-chunks.js'
import { World } from './kit/world.js'

it('fetches the engine that the next refresh will need a second after its start, once', async () => {
  const world = new World()
  const { tab } = await world.signIn()
  tab.load('/')
  let asked = 0
  const loadEngine = () => {
    asked++
    return CHUNKS.loadEngine()
  }
  const page = world.page(tab, {}, { ...CHUNKS, loadEngine })
  await page.auth.ready()
  await world.clock.advance(999)
  expect(asked).toBe(0)
  await world.clock.advance(1)
  expect(asked).toBe(1)
  await world.clock.advance(10_000)
  expect(asked).toBe(1)
})

it('shows whose session has expired while the authority cannot be reached, and why it is not renewed', async () => {
  const world = new World()
  const { tab } = await world.signIn()
  tab.load('/')
  await world.clock.advance(7_200_000)
  world.isOffline = true
  const page = world.page(tab)
  expect(await page.auth.ready()).toMatchObject({
    status: 'authenticated',
    user: { sub: 'usr_mira' },
    error: { code: 'refresh_transient', retryable: true },
  })
  await expect(page.auth.getAccessToken()).rejects.toMatchObject({ code: 'refresh_transient' })
})
