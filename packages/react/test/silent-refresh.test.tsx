// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import { Profiler, type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SpatioAuthProvider, useSpatioAuth, useSpatioAuthActivity, type SpatioAuth } from '../src/index.js'
import { createMockAuthority } from '@spatio-labs/binding-contract'

beforeEach(() => {
  sessionStorage.clear()
  history.replaceState(null, '', '/')
})
afterEach(cleanup)

async function renderSignedIn(leaf: ReactNode) {
  const authority = createMockAuthority()
  await authority.visit(authority.createClient())
  const auth = authority.createClient()
  const commits = { count: 0 }
  render(
    <SpatioAuthProvider client={auth}>
      <Profiler id="leaf" onRender={() => (commits.count += 1)}>
        {leaf}
      </Profiler>
    </SpatioAuthProvider>,
  )
  await screen.findByText(/Mira Okafor/)
  commits.count = 0
  return { authority, auth, commits }
}

async function refreshTenTimes(auth: SpatioAuth): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    await act(() => auth.getAccessToken({ forceRefresh: true }))
  }
}

describe('a silent refresh', () => {
  it('renders a leaf that shows the name 0 times over 10 refreshes', async () => {
    const { authority, auth, commits } = await renderSignedIn(<NameBySelector />)
    await refreshTenTimes(auth)
    expect(authority.tokenRequests('refresh_token')).toBe(10)
    expect(commits.count).toBe(0)
  })

  it('renders a leaf that reads the whole state 0 times over 10 refreshes', async () => {
    const { auth, commits } = await renderSignedIn(<NameByState />)
    await refreshTenTimes(auth)
    expect(commits.count).toBe(0)
  })

  it('renders who asks for the activity', async () => {
    const { auth, commits } = await renderSignedIn(<Expiry />)
    const before = screen.getByTestId('expiry').textContent
    await refreshTenTimes(auth)
    expect(commits.count).toBeGreaterThan(0)
    expect(screen.getByTestId('expiry').textContent).not.toBe(before)
  })
})

function NameBySelector(): ReactNode {
  return useSpatioAuth((state) => state.user?.name)
}

function NameByState(): ReactNode {
  const auth = useSpatioAuth()
  return auth.status === 'authenticated' ? auth.user.name : auth.status
}

function Expiry(): ReactNode {
  const { expiresAt } = useSpatioAuthActivity()
  return (
    <p data-testid="expiry">
      <NameBySelector /> {expiresAt}
    </p>
  )
}
