import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { observeRefusedSignIn } from './kit/observe-refusal.js'
import { observeSignIn } from './kit/observe.js'
import { World } from './kit/world.js'

caseTest('REQ-10', 'refuses an appState that JSON does not keep whole', async () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  const wrong = [() => 1, { run: () => 1 }, cycle, 1n, Symbol('x'), { deep: [Symbol('y')] }]
  for (const appState of wrong)
    expect(await observeRefusedSignIn(new World(), { options: { appState } })).toMatchObject({
      code: 'config_invalid',
    })
  return observeRefusedSignIn(new World(), { options: { appState: 'x'.repeat(1_000_000) } })
})

it('gives the appState back after the callback, and never sends it', async () => {
  const world = new World()
  const appState = { draft: 'a-marked-draft', step: 3 }
  const page = await world.signIn(undefined, { appState })
  expect(observeSignIn(page)).toEqual({ kind: 'accept' })
  expect(page.auth.getAppState()).toEqual(appState)
  expect(JSON.stringify(world.mock.requests())).not.toContain('a-marked-draft')
  expect(JSON.stringify(page.events)).not.toContain('a-marked-draft')
  expect((await world.reload(page.tab)).auth.getAppState()).toBeNull()
})

it('gives the appState back when the user said no', async () => {
  const world = new World()
  world.mock.fault('cb.error.access_denied')
  const page = await world.signIn(undefined, { appState: 'kept' })
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'authorization_error' } })
  expect(page.auth.getAppState()).toBe('kept')
})

caseTest('REQ-11', 'refuses prompt none beside another, before anything is stored', () =>
  observeRefusedSignIn(new World(), { options: { prompt: 'none login' as 'none' } }),
)
