// @vitest-environment happy-dom
import { createTestAuth } from '@spatio-labs/auth/testing'
import { flushSync, mount, unmount, type Component } from 'svelte'
import { get } from 'svelte/store'
import { afterEach, describe, expect, it } from 'vitest'
import { spatioAuth, type SpatioAuth, type SpatioAuthSvelte } from '../src/index.js'
import BothWays from './pages/both-ways.svelte'

interface BothWaysProps {
  readonly auth: SpatioAuthSvelte
  readonly onRun: (name: string) => void
}

afterEach(() => document.body.replaceChildren())

function show(auth: SpatioAuthSvelte) {
  const runs: string[] = []
  const component = mount(BothWays as unknown as Component<BothWaysProps>, {
    target: document.body,
    props: { auth, onRun: (name) => void runs.push(name) },
  })
  flushSync()
  const shown = () =>
    ['runes', 'store', 'derived', 'legacy'].map((way) => document.querySelector(`[data-${way}]`)?.textContent)
  return { runs, shown, close: () => unmount(component) }
}

/** The same client, whose subscriptions are counted. */
function count(client: SpatioAuth) {
  let open = 0
  const counted: SpatioAuth = {
    ...client,
    subscribe: (listener) => {
      const close = client.subscribe(listener)
      open += 1
      return () => {
        open -= 1
        close()
      }
    },
  }
  return { counted, open: () => open }
}

describe('one object', () => {
  it('tells runes, $auth, derived, legacy $: and get the same name, at every change', () => {
    const client = createTestAuth({ user: { name: 'Mira' } })
    const auth = spatioAuth(client)
    const { shown } = show(auth)
    expect(shown()).toEqual(['Mira', 'Mira', 'MIRA', 'Mira'])
    expect(get(auth)).toBe(client.getSnapshot())
    client.signInAs({ name: 'Jonas' })
    flushSync()
    expect(shown()).toEqual(['Jonas', 'Jonas', 'JONAS', 'Jonas'])
    expect(get(auth).user?.name).toBe('Jonas')
    client.signOutAs()
    flushSync()
    expect(shown()).toEqual(['', '', '', ''])
    expect(get(auth).status).toBe('unauthenticated')
  })

  it('runs neither a $derived nor a $: name again over ten refreshes', () => {
    const client = createTestAuth({ user: { name: 'Mira' } })
    const { runs } = show(spatioAuth(client))
    runs.length = 0
    for (let n = 0; n < 10; n += 1) {
      client.rotate()
      flushSync()
    }
    expect(runs).toEqual([])
    client.rotate({ name: 'Mira Okafor' })
    flushSync()
    expect([...runs].sort()).toEqual(['legacy', 'runes'])
  })

  it('leaves no subscription when the component is gone', async () => {
    const { counted, open } = count(createTestAuth({ user: { name: 'Mira' } }))
    const page = show(spatioAuth(counted))
    expect(open()).toBeGreaterThan(0)
    await page.close()
    await Promise.resolve()
    expect(open()).toBe(0)
  })
})
