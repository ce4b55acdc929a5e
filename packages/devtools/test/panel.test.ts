import { SpatioAuthError } from '@spatio-labs/auth'
import { createTestAuth, type TestAuth } from '@spatio-labs/auth/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mountSpatioDevtools } from '../src/index.js'

let unmount: () => void
beforeEach(() => sessionStorage.clear())
afterEach(() => unmount())

/** Docks the devtools, and waits until they are drawn. @returns what draws them, and what shows a tab */
async function dock(auth: TestAuth, mock?: { issuer: string; adminToken: string }) {
  const target = document.createElement('div')
  document.body.append(target)
  unmount = mountSpatioDevtools(auth, { target, ...(mock && { mock }) })
  await vi.waitFor(() =>
    expect(target.querySelector('spatio-auth-devtools')?.shadowRoot?.textContent).toContain('Spatio'),
  )
  const root = target.querySelector('spatio-auth-devtools')?.shadowRoot as ShadowRoot
  const show = (tab: string): void => root.querySelector<HTMLElement>(`#tab-${tab}`)?.click()
  const expectText = (text: string): Promise<void> =>
    vi.waitFor(() => expect(root.textContent).toContain(text))
  return { root, show, expectText }
}

describe('the panel', () => {
  it('is gone with its element once it is unmounted, also before it was drawn', async () => {
    const auth = createTestAuth({ user: {} })
    const early = mountSpatioDevtools(auth)
    early()
    await dock(auth)
    unmount()
    expect(document.querySelector('spatio-auth-devtools')).toBeNull()
  })

  it('follows the state, with its reason and the code of an error', async () => {
    const auth = createTestAuth({ user: { name: 'Mira' }, accessToken: 'tok_secret' })
    const { root, show, expectText } = await dock(auth)
    show('session')
    await expectText('Claims of the checked id_token')
    await expectText('Mira')
    auth.fail('refresh_transient')
    await expectText('refresh_transient')
    expect(root.querySelector('a')?.href).toBe('https://docs.spatio.app/auth/errors#refresh_transient')
    auth.signOutAs('idle')
    await expectText('Signed out (idle)')
    expect(root.textContent).not.toContain('Mira')
    expect(root.innerHTML).not.toContain('tok_')
  })

  it('lists each event in words, and only the problems when asked', async () => {
    const auth = createTestAuth({ user: {} })
    const { root, expectText } = await dock(auth)
    auth.rotate()
    auth.signOutAs()
    await expectText('Refreshed')
    root.querySelectorAll<HTMLElement>('[name=filter]')[2]?.click()
    await expectText('None of these.')
  })

  it('refreshes the token on request, and says when that failed', async () => {
    const auth = createTestAuth({ user: {} })
    const { root, show, expectText } = await dock(auth)
    show('session')
    await expectText('Refresh the token')
    root.querySelector<HTMLElement>('.view .button')?.click()
    await expectText('Refreshed.')
    expect(auth.calls.getAccessToken).toEqual([{ forceRefresh: true }])
    auth.onToken(() => {
      throw new SpatioAuthError('refresh_transient', { phase: 'refresh', retryable: true })
    })
    root.querySelector<HTMLElement>('.view .button')?.click()
    await expectText('Not refreshed: refresh_transient')
  })

  it('says that a session is elsewhere when it is in no storage of the browser', async () => {
    const { show, expectText } = await dock(createTestAuth({ user: {} }))
    show('storage')
    await expectText('in the memory of this page')
  })

  it('has no faults without a mock, and says when the mock does not answer', async () => {
    const { root } = await dock(createTestAuth())
    expect(root.querySelector('#tab-faults')).toBeNull()
    unmount()
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    const { show, expectText } = await dock(createTestAuth(), {
      issuer: 'http://127.0.0.1:1',
      adminToken: 't',
    })
    show('faults')
    await expectText('The mock does not answer')
  })
})
