import { createTestAuth } from '@spatio-labs/auth/testing'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { BindingDriver } from './binding-driver.js'
import { createMockAuthority } from './mock-authority.js'
import { textOf, watchLeaf } from './page-props.js'

const MIRA = { sub: 'usr_mira', name: 'Mira' }

export function describeStart(driver: BindingDriver): void {
  const { mount, act } = driver
  beforeEach(() => {
    sessionStorage.clear()
    history.replaceState(null, '', '/')
  })

  describe('the start of the client', () => {
    it('is ready() alone, and an unmount leaves the client running', async () => {
      const auth = createTestAuth()
      const [retry, dispose] = [vi.fn(auth.retry), vi.fn()]
      const { unmount } = await mount('reader', watchLeaf({ ...auth, retry, dispose }).props)
      await act(unmount)
      expect(auth.calls.ready.length).toBeGreaterThan(0)
      expect(auth.calls.signIn).toEqual([])
      expect(retry).not.toHaveBeenCalled()
      expect(dispose).not.toHaveBeenCalled()
    })

    it('exchanges the code of a callback once, and renders nothing over 10 real refreshes', async () => {
      const authority = createMockAuthority()
      await authority.visit(authority.createClient())
      const client = authority.createClient()
      const { props, users } = watchLeaf(client)
      const { container, unmount } = await mount('reader', props)
      await vi.waitFor(() => expect(textOf(container)).toContain('Mira Okafor'), { timeout: 10_000 })
      expect(authority.tokenRequests('authorization_code')).toBe(1)
      const before = users.length
      for (let count = 0; count < 10; count++) await act(() => client.getAccessToken({ forceRefresh: true }))
      expect(authority.tokenRequests('refresh_token')).toBe(10)
      expect(users.length - before).toBe(0)
      await act(unmount)
      client.dispose()
    })

    it('ends a boundary that waits for it, with the provider inside', async () => {
      const auth = createTestAuth({ status: 'loading' })
      const { container, unmount } = await mount('suspended', watchLeaf(auth).props)
      expect(textOf(container)).toBe('waiting')
      expect(auth.calls.ready.length).toBeGreaterThan(0)
      await act(() => auth.signInAs(MIRA))
      await act(() => undefined)
      expect(textOf(container)).toBe('Mira')
      await act(() => auth.signOutAs('expired'))
      expect(textOf(container)).not.toBe('waiting')
      unmount()
    })
  })
  describeHydration(driver)
}

function describeHydration({ renderOnServer, hydrate, act }: BindingDriver): void {
  it('a server sends loading, and a client that is ready already hydrates it without a problem', async () => {
    const html = await renderOnServer()
    expect(html.replace(/<!--.*?-->|<[^>]*>/g, ' ').trim()).toBe('wait')
    const { props } = watchLeaf(createTestAuth({ user: MIRA }))
    const { container, problems, unmount } = await hydrate(html, props)
    await act(() => undefined)
    expect(problems).toEqual([])
    expect(textOf(container)).toBe('Mira')
    unmount()
  })
}
