import { expect, it } from 'vitest'
import { CHUNKS } from '../src/client/load-chunks.js'
import type { SignInOptions } from '../src/index.js'
import { lateLife } from './kit/late-chunks.js'
import { RELAY_PATH, World } from './kit/world.js'

const codeOf = (error: unknown): string => (error as { code: string }).code
const hang = (): Promise<never> => new Promise(() => undefined)

it.each(['redirect', 'popup', 'iframe'] as const)(
  'gives up a sign-in (%s) whose engine hangs after requestTimeout, and leaves nothing open',
  async (mode) => {
    const world = new World({ relayPath: RELAY_PATH })
    const { auth, tab } = world.page(undefined, {}, { ...CHUNKS, loadEngine: hang })
    await auth.ready()
    let failed = ''
    auth.signIn({ mode } as SignInOptions).catch((error: unknown) => (failed = codeOf(error)))
    await world.clock.advance(9999)
    expect(failed).toBe('')
    await world.clock.advance(1)
    expect(failed).toBe('engine_load_failed')
    expect(auth.getActivity().pending).toBeNull()
    expect(tab.popups.every(({ closed }) => closed)).toBe(true)
  },
)

it('refreshes by another attempt when the first has waited for an engine that hung', async () => {
  const world = new World()
  const { tab } = await world.signIn()
  tab.load('/')
  let isHanging = true
  const loadEngine = () => (isHanging ? hang() : CHUNKS.loadEngine())
  const { auth } = world.page(tab, {}, { ...CHUNKS, loadEngine })
  await auth.ready()
  const first = auth.getAccessToken({ forceRefresh: true }).catch(codeOf)
  await world.clock.advance(10_000)
  expect(await first).toMatch(/^(engine_load_failed|refresh_transient)$/)
  isHanging = false
  await expect(auth.getAccessToken({ forceRefresh: true })).resolves.toMatch(/^tok_/)
  expect(world.tokenRequests('refresh_token')).toBe(1)
})

it.each([
  ['popup_closed', 'opens'],
  ['popup_blocked', 'blocks'],
] as const)(
  'says %s of a popup that the browser %s, and that is gone when life comes',
  async (code, popupPolicy) => {
    const world = new World({ relayPath: RELAY_PATH })
    const life = lateLife('hangs')
    const { auth, tab } = world.page(undefined, {}, life.chunks)
    tab.popupPolicy = popupPolicy
    await auth.ready()
    const refused = auth.signIn({ mode: 'popup' }).catch(codeOf)
    await world.clock.advance(1000)
    // Its user closes what was empty for too long.
    tab.popups[0]?.close()
    life.set('comes')
    expect(await refused).toBe(code)
  },
)
