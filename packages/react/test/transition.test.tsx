// @vitest-environment happy-dom
import { createTestAuth, type TestAuth } from '@spatio-labs/auth/testing'
import { startTransition, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, vi } from 'vitest'
import { SpatioAuthProvider, useSpatioAuth, useSpatioAuthClient } from '../src/index.js'

const LEAVES = 20

it('a transition never shows two users at once', async () => {
  const frames = await renderWhileUsersChange(ByHook)
  expect(frames.length).toBeGreaterThan(0)
  expect(frames.filter((names) => names.size > 1)).toEqual([])
})

it('a leaf that reads the client past the hook shows two users at once: this test can see it', async () => {
  const frames = await renderWhileUsersChange(ByMistake)
  expect(frames.filter((names) => names.size > 1)).not.toEqual([])
})

function ByHook(): ReactNode {
  const name = useSpatioAuth((state) => state.user?.name)
  takeTime()
  return <p>{name}</p>
}

function ByMistake(): ReactNode {
  const { name } = useSpatioAuthClient().getSnapshot().user ?? {}
  takeTime()
  return <p>{name}</p>
}

/** Longer than React's slice (5 ms) over a few leaves, so that it yields between them. */
function takeTime(): void {
  const end = performance.now() + 2
  while (performance.now() < end);
}

/** Renders many leaves in a transition while the user changes between its slices. @returns the names in each frame */
async function renderWhileUsersChange(Leaf: () => ReactNode): Promise<Set<string | null>[]> {
  const auth = createTestAuth({ user: { sub: '0', name: 'Mira 0' } })
  const container = document.createElement('div')
  const frames: Set<string | null>[] = []
  const observer = new MutationObserver(() => {
    const names = [...container.querySelectorAll('p')].map(({ textContent }) => textContent)
    if (names.length > 0) frames.push(new Set(names))
  })
  observer.observe(container, { subtree: true, childList: true, characterData: true })
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
  const root = createRoot(container)
  const leaves = Array.from({ length: LEAVES }, (_, index) => <Leaf key={index} />)
  startTransition(() => root.render(<SpatioAuthProvider client={auth}>{leaves}</SpatioAuthProvider>))
  await changeUsersUntil(auth, () => frames.length > 0)
  root.unmount()
  observer.disconnect()
  vi.unstubAllGlobals()
  return frames
}

/** A change between two slices of React's work: both are tasks of the event loop. */
async function changeUsersUntil(auth: TestAuth, isOver: () => boolean): Promise<void> {
  for (let count = 1; !isOver(); count++) {
    if (count < LEAVES) auth.signInAs({ sub: String(count), name: `Mira ${count}` })
    await new Promise((resolve) => setImmediate(resolve))
  }
}
