import { createTestAuth } from '@spatio-labs/auth/testing'
import { describe, expect, it } from 'vitest'
import type { BindingDriver } from './binding-driver.js'
import { countSubscriptions } from './count-subscriptions.js'
import { watchLeaf } from './page-props.js'

const MIRA = { sub: 'usr_mira', name: 'Mira' }

function namesIn(container: HTMLElement): (string | null)[] {
  return [...container.querySelectorAll('[data-reader]')].map(({ textContent }) => textContent)
}

export function describeReaders({ mount, act }: BindingDriver): void {
  describe('a component that reads the state', () => {
    it('shows loading, then the user, then that the session ended', async () => {
      const auth = createTestAuth({ status: 'loading' })
      const { container, unmount } = await mount('reader', watchLeaf(auth).props)
      const status = () => container.querySelector('[data-status]')?.textContent
      expect(status()).toBe('loading')
      await act(() => auth.signInAs(MIRA))
      expect([status(), ...namesIn(container)]).toEqual(['authenticated', 'Mira', 'Mira'])
      await act(() => auth.signOutAs('signed-out-elsewhere'))
      expect([status(), ...namesIn(container)]).toEqual(['unauthenticated', '', ''])
      unmount()
    })

    it('is rendered 0 times over 10 refreshes', async () => {
      const auth = createTestAuth({ user: MIRA })
      const { props, users } = watchLeaf(auth)
      const { unmount } = await mount('reader', props)
      const before = users.length
      for (let count = 0; count < 10; count++) await act(() => auth.getAccessToken({ forceRefresh: true }))
      expect(before).toBeGreaterThan(0)
      expect(users.length - before).toBe(0)
      unmount()
    })

    it('gets the same user while its claims are equal, and another when one changed', async () => {
      const auth = createTestAuth({ user: MIRA })
      const { props, users } = watchLeaf(auth)
      const { unmount } = await mount('reader', props)
      await act(() => auth.rotate({ name: 'Mira' }))
      await act(() => auth.signInAs(MIRA))
      expect(new Set(users).size).toBe(1)
      await act(() => auth.rotate({ name: 'Mira Okafor' }))
      expect(new Set(users).size).toBe(2)
      expect(users.at(-1)?.name).toBe('Mira Okafor')
      unmount()
    })

    it('never shows another user than its neighbour', async () => {
      const auth = createTestAuth({ user: MIRA })
      const { container, unmount } = await mount('reader', watchLeaf(auth).props)
      const frames: (string | null)[][] = []
      const observer = new MutationObserver(() => frames.push(namesIn(container)))
      observer.observe(container, { subtree: true, childList: true, characterData: true })
      for (const name of ['Jonas', 'Ada', 'Grace']) await act(() => auth.signInAs({ sub: name, name }))
      observer.disconnect()
      expect(frames.length).toBeGreaterThan(0)
      expect(frames.filter(([first, second]) => first !== second)).toEqual([])
      expect(namesIn(container)).toEqual(['Grace', 'Grace'])
      unmount()
    })

    it('leaves no subscription behind', async () => {
      for (const page of ['reader', 'activity', 'gates', 'guarded'] as const) {
        const { client, count } = countSubscriptions(createTestAuth({ user: MIRA }))
        const { unmount } = await mount(page, watchLeaf(client).props)
        expect(count()).toBeGreaterThan(0)
        await act(unmount)
        expect(count()).toBe(0)
      }
    })

    it('follows the activity when it asks for it', async () => {
      const auth = createTestAuth({ user: MIRA })
      const { container, unmount } = await mount('activity', watchLeaf(auth).props)
      const expiry = () => Number(container.querySelector('[data-expiry]')?.textContent)
      const before = expiry()
      await act(() => auth.tick(60_000))
      await act(() => auth.rotate())
      expect(expiry() - before).toBe(60_000)
      unmount()
    })
  })
}
