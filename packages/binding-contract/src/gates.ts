import { createTestAuth, type TestAuth } from '@spatio-labs/auth/testing'
import { describe, expect, it } from 'vitest'
import type { BindingDriver } from './binding-driver.js'
import { textOf, watchLeaf } from './page-props.js'

const MIRA = { sub: 'usr_mira', name: 'Mira' }

export function describeGates(driver: BindingDriver): void {
  const { mount, act } = driver
  describe('SignedIn and SignedOut', () => {
    it('show what belongs to the state', async () => {
      const auth = createTestAuth({ status: 'loading' })
      const { container, unmount } = await mount('gates', watchLeaf(auth).props)
      expect(textOf(container)).toBe('wait')
      await act(() => auth.signOutAs('expired'))
      expect(textOf(container)).toBe('nobody out')
      await act(() => auth.signInAs(MIRA))
      expect(textOf(container)).toBe('Mira')
      await act(() => auth.signInAs(MIRA, { scopes: ['openid', 'write:*'] }))
      expect(textOf(container)).toBe('Mira writer')
      await act(() => auth.signOutAs())
      await act(() => auth.fail('state_mismatch'))
      expect(textOf(container)).toBe('nobody out')
      unmount()
    })
  })
  describeRequireAuth(driver)
  describeBoundary(driver)
}

function describeRequireAuth({ mount, act }: BindingDriver): void {
  const show = async (auth: TestAuth) => {
    const { container, unmount } = await mount('guarded', watchLeaf(auth).props)
    await act(() => undefined)
    return { text: () => textOf(container), unmount, sent: () => auth.calls.requireUser }
  }

  describe('RequireAuth', () => {
    it('sends nobody away before the stored session was looked for', async () => {
      const auth = createTestAuth({ status: 'loading' })
      const { text, sent, unmount } = await show(auth)
      expect(text()).toBe('loading')
      await act(() => auth.signInAs(MIRA))
      expect(text()).toBe('Mira')
      expect(sent()).toEqual([])
      unmount()
    })

    it('sends nobody away who signed out on purpose', async () => {
      const auth = createTestAuth({ user: MIRA })
      const { text, sent, unmount } = await show(auth)
      await act(() => auth.signOut())
      expect(text()).toBe('signed-out')
      expect(sent()).toEqual([])
      unmount()
    })

    it('sends a visitor away once, with the place to come back to', async () => {
      const auth = pendingRedirect(createTestAuth())
      const { text, sent, unmount } = await show(auth)
      expect(text()).toBe('redirecting')
      expect(sent()).toEqual([{ returnTo: '/notes' }])
      unmount()
    })

    it('hides from who does not fulfil `when`, and sends them nowhere', async () => {
      const auth = createTestAuth({ user: MIRA, scopes: ['openid'] })
      const { text, sent, unmount } = await show(auth)
      expect(text()).toBe('forbidden')
      expect(sent()).toEqual([])
      unmount()
    })
  })
}

function describeBoundary({ mount, act }: BindingDriver): void {
  it('an error reaches the boundary, and retry() brings the content', async () => {
    const auth = createTestAuth({ error: 'discovery_failed' })
    const client = { ...auth, retry: async () => (auth.signInAs(MIRA), auth.getSnapshot()) }
    const { container, unmount } = await mount('guarded', watchLeaf(client).props)
    expect(textOf(container)).toContain('discovery_failed')
    await act(() => container.querySelector('button')?.click())
    expect(textOf(container)).toBe('Mira')
    unmount()
  })

  it('a sign-in that cannot start reaches the boundary', async () => {
    const { container, unmount } = await mount('guarded', watchLeaf(createTestAuth()).props)
    await act(() => undefined)
    expect(textOf(container)).toContain('test_redirect')
    unmount()
  })
}

/** As on a page that is being left: the guard stays pending. */
function pendingRedirect(auth: TestAuth): TestAuth {
  return {
    ...auth,
    requireUser: (options = {}) => {
      auth.calls.requireUser.push(options)
      return new Promise(() => undefined)
    },
  }
}
