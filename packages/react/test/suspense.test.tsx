// @vitest-environment happy-dom
import { createTestAuth } from '@spatio-labs/auth/testing'
import { act, cleanup, render, screen } from '@testing-library/react'
import { Component, StrictMode, Suspense, type ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SpatioAuthProvider, type SpatioAuth } from '../src/index.js'
import { useSpatioAuthSuspense } from '../src/suspense.js'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const MIRA = { sub: 'usr_mira', name: 'Mira' }

describe('useSpatioAuthSuspense()', () => {
  it.each(['inside', 'outside'])('shows the user with the provider %s the boundary', async (place) => {
    const auth = createTestAuth({ status: 'loading' })
    const page = place === 'inside' ? <ProviderInside client={auth} /> : <ProviderOutside client={auth} />
    await act(async () => render(<StrictMode>{page}</StrictMode>))
    expect(screen.getByText('waiting')).toBeDefined()
    await act(async () => auth.signInAs(MIRA))
    expect(screen.getByText('Mira')).toBeDefined()
  })

  it('asks the client once, however often React tries again', async () => {
    const auth = createTestAuth({ status: 'loading' })
    await act(async () => render(<ProviderInside client={auth} />))
    await act(async () => render(<ProviderInside client={auth} />))
    expect(auth.calls.ready).toHaveLength(1)
    await act(async () => auth.signOutAs('expired'))
  })

  it('does not suspend again after the first settled status', async () => {
    const auth = createTestAuth({ user: MIRA })
    const fallback = vi.fn(() => 'waiting')
    const Fallback = () => fallback()
    await act(async () =>
      render(
        <SpatioAuthProvider client={auth}>
          <Suspense fallback={<Fallback />}>
            <Name />
          </Suspense>
        </SpatioAuthProvider>,
      ),
    )
    await act(async () => auth.signOutAs('expired'))
    await act(async () => auth.signInAs(MIRA))
    expect(fallback).not.toHaveBeenCalled()
    expect(screen.getByText('Mira')).toBeDefined()
  })

  it('hands an error to the boundary', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const auth = createTestAuth({ error: 'discovery_failed' })
    await act(async () =>
      render(
        <Boundary>
          <ProviderInside client={auth} />
        </Boundary>,
      ),
    )
    expect(screen.getByText('discovery_failed')).toBeDefined()
  })
})

function Name(): ReactNode {
  return useSpatioAuthSuspense().user?.name ?? 'nobody'
}

interface PageProps {
  readonly client: SpatioAuth
}

function ProviderInside({ client }: PageProps): ReactNode {
  return (
    <Suspense fallback="waiting">
      <SpatioAuthProvider client={client}>
        <Name />
      </SpatioAuthProvider>
    </Suspense>
  )
}

function ProviderOutside({ client }: PageProps): ReactNode {
  return (
    <SpatioAuthProvider client={client}>
      <Suspense fallback="waiting">
        <Name />
      </Suspense>
    </SpatioAuthProvider>
  )
}

class Boundary extends Component<{ readonly children: ReactNode }, { readonly code: string | null }> {
  override state: { readonly code: string | null } = { code: null }

  static getDerivedStateFromError({ code }: { readonly code: string }) {
    return { code }
  }

  override render(): ReactNode {
    return this.state.code ?? this.props.children
  }
}
