import { caseTest } from '@spatio-labs/cases'
import { inspect } from 'node:util'
import { expect } from 'vitest'
import { observeSignIn, signInBesideSession, type Observed } from './kit/observe.js'
import { World } from './kit/world.js'

caseTest('CB-09', 'reports a refused consent, keeps the session and does not start again', async () => {
  const world = new World()
  const outcome = await signInBesideSession(world, { appState: { draft: 7 } }, (href) =>
    href.replace(/code=[^&]+/, 'error=access_denied'),
  )
  for (const { sessionStorage } of world.browser.tabs)
    expect(sessionStorage.entries().filter(([key]) => key.includes('transaction'))).toEqual([])
  expect(world.tokenRequests('authorization_code')).toBe(1)
  await world.clock.advance(600_000)
  for (const tab of world.browser.tabs)
    expect([tab.navigations, tab.popups, tab.frames]).toEqual([[], [], []])
  expect(world.mock.requests({ endpoint: 'authorize' })).toHaveLength(2)
  return outcome
})

caseTest('CB-09', 'tells a refused consent apart from what went wrong', async () => {
  const world = new World()
  world.mock.fault('cb.error.access_denied')
  const page = await world.signIn(undefined, { appState: { draft: 7 } })
  expect(page.auth.getAppState()).toEqual({ draft: 7 })
  expect(page.auth.getSnapshot()).toMatchObject({
    status: 'error',
    error: { code: 'authorization_error', retryable: false, oauth: { error: 'access_denied' } },
  })
  return observeSignIn(page)
})

caseTest('CB-11', 'makes an error description inert', async () => {
  const world = new World()
  const tab = world.browser.open()
  const html = encodeURIComponent(`<img onerror="x">\u0007${'y'.repeat(100_000)}`)
  const links = ['javascript:alert(1)', 'https://evil.test/why']
  const outcomes: Observed[] = []
  for (const link of links) {
    const answer = `error=server_error&error_description=${html}&error_uri=${encodeURIComponent(link)}`
    const callback = (await world.authorize(world.page(tab))).replace(/code=[^&]+/, () => answer)
    const next = await world.reload(tab, callback)
    const { error } = next.auth.getSnapshot()
    expect(error?.oauth?.description).toMatch(/^[\x20-\x7E]{256}$/)
    expect(error?.message).not.toContain('img')
    // The link is neither opened nor handed on.
    expect([next.tab.navigations, next.tab.popups, next.tab.frames]).toEqual([[], [], []])
    expect(inspect([error, next.events], { depth: 9 })).not.toContain(link)
    outcomes.push(observeSignIn(next))
  }
  expect(outcomes[0]).toEqual(outcomes[1])
  return outcomes[0]
})

for (const code of [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]) {
  caseTest('CB-12', `tells ${code} apart`, async () => {
    const outcome = await signInBesideSession(new World(), {}, (href) =>
      href.replace(/code=[^&]+/, `error=${code}`),
    )
    expect(outcome).toEqual({ kind: 'reject', code })
    return outcome
  })
}
