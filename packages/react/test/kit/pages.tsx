import type { PageName, PageProps } from '@spatio-labs/binding-contract'
import { createTestAuth } from '@spatio-labs/auth/testing'
import { Component, Suspense, type ReactNode } from 'react'
import {
  RequireAuth,
  SignedIn,
  SignedOut,
  SpatioAuthProvider,
  useSpatioAuth,
  useSpatioAuthActivity,
} from '../../src/index.js'
import { useSpatioAuthSuspense } from '../../src/suspense.js'

/** The pages of the binding contract. */
export const PAGES: Record<PageName, (props: PageProps) => ReactNode> = {
  reader: ({ client, onRender }) => (
    <SpatioAuthProvider client={client}>
      <Reader onRender={onRender} />
      <SelectingReader />
      <Status />
    </SpatioAuthProvider>
  ),
  activity: ({ client }) => (
    <SpatioAuthProvider client={client}>
      <Expiry />
    </SpatioAuthProvider>
  ),
  gates: ({ client }) => (
    <SpatioAuthProvider client={client}>
      <SignedIn loading="wait" fallback="nobody">
        {(user) => user.name}
      </SignedIn>{' '}
      <SignedIn when={({ scopes }) => scopes.includes('write:*')}>writer</SignedIn>
      <SignedOut>out</SignedOut>
    </SpatioAuthProvider>
  ),
  guarded: ({ client }) => (
    <SpatioAuthProvider client={client}>
      <Boundary client={client}>
        <Guarded />
      </Boundary>
    </SpatioAuthProvider>
  ),
  suspended: ({ client }) => (
    <Suspense fallback="waiting">
      <SpatioAuthProvider client={client}>
        <Suspended />
      </SpatioAuthProvider>
    </Suspense>
  ),
  'no-provider': ({ onRender }) => <Reader onRender={onRender} />,
  'two-clients': ({ client }) => (
    <SpatioAuthProvider client={client}>
      <SpatioAuthProvider client={OTHER}>below</SpatioAuthProvider>
    </SpatioAuthProvider>
  ),
}

const OTHER = createTestAuth()

function Reader({ onRender }: Pick<PageProps, 'onRender'>): ReactNode {
  const { user } = useSpatioAuth()
  onRender(user)
  return <p data-reader="">{user?.name}</p>
}

function SelectingReader(): ReactNode {
  return <p data-reader="">{useSpatioAuth((state) => state.user?.name)}</p>
}

function Status(): ReactNode {
  return <p data-status="">{useSpatioAuth().status}</p>
}

function Expiry(): ReactNode {
  return <p data-expiry="">{useSpatioAuthActivity().expiresAt}</p>
}

function Suspended(): ReactNode {
  return useSpatioAuthSuspense().user?.name
}

function Guarded(): ReactNode {
  return (
    <RequireAuth
      returnTo="/notes"
      when={({ scopes }) => scopes.includes('email')}
      loading="loading"
      redirecting="redirecting"
      forbidden="forbidden"
      signedOut="signed-out"
    >
      {(user) => user.name}
    </RequireAuth>
  )
}

interface BoundaryProps extends Pick<PageProps, 'client'> {
  readonly children: ReactNode
}

class Boundary extends Component<BoundaryProps, { readonly code: string | null }> {
  override state: { readonly code: string | null } = { code: null }

  static getDerivedStateFromError(error: { readonly code?: string }) {
    return { code: error.code ?? 'unknown' }
  }

  override render(): ReactNode {
    const { code } = this.state
    if (code === null) return this.props.children
    const retry = () => void this.props.client.retry().then(() => this.setState({ code: null }))
    return (
      <p>
        {code} <button onClick={retry}>Try again</button>
      </p>
    )
  }
}
