// @vitest-environment happy-dom
import { caseTest } from '@spatio-labs/cases'
import { cleanup, render, screen } from '@testing-library/react'
import { StrictMode, type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SignedIn, SpatioAuthProvider, type SpatioAuth } from '../src/index.js'
import { createFakeClient, SIGNED_OUT } from './kit/fake-client.js'
import { createMockAuthority } from '@spatio-labs/binding-contract'

beforeEach(() => {
  sessionStorage.clear()
  history.replaceState(null, '', '/')
})
afterEach(cleanup)

describe('StrictMode', () => {
  caseTest('CB-20', 'exchanges the code once and shows the user', async () => {
    const authority = createMockAuthority()
    await authority.visit(authority.createClient())
    const auth = authority.createClient()
    render(<Page client={auth} />)
    await screen.findByText('Mira Okafor')
    expect(authority.tokenRequests('authorization_code')).toBe(1)
    expect(location.href).toBe(new URL('/', location.origin).href)
    return toOutcome(auth)
  })

  caseTest('ENV-03', 'shows the session again after an unmount, without another exchange', async () => {
    const authority = createMockAuthority()
    await authority.visit(authority.createClient())
    const auth = authority.createClient()
    const { unmount } = render(<Page client={auth} />)
    await screen.findByText('Mira Okafor')
    unmount()
    render(<Page client={auth} />)
    expect(screen.getByText('Mira Okafor')).toBeDefined()
    expect(authority.mock.requests({ endpoint: 'token' })).toHaveLength(1)
    return toOutcome(auth)
  })

  it('keeps one subscription while mounted and none after', () => {
    const client = createFakeClient(SIGNED_OUT)
    const { unmount } = render(
      <StrictMode>
        <SpatioAuthProvider client={client}>
          <SignedIn>in</SignedIn>
        </SpatioAuthProvider>
      </StrictMode>,
    )
    expect(client.listeners()).toBe(1)
    unmount()
    expect(client.listeners()).toBe(0)
  })

  it('starts the client by ready() alone and leaves it running when it unmounts', () => {
    const client = createFakeClient(SIGNED_OUT)
    const { unmount } = render(
      <StrictMode>
        <SpatioAuthProvider client={client}>page</SpatioAuthProvider>
      </StrictMode>,
    )
    unmount()
    // Twice by StrictMode's second mount; ready() itself is idempotent, as the exchange above shows.
    expect(client.ready).toHaveBeenCalledTimes(2)
    expect(client.dispose).not.toHaveBeenCalled()
    expect(client.retry).not.toHaveBeenCalled()
    expect(client.signIn).not.toHaveBeenCalled()
  })

  it('starts the new client when the provider is given another', () => {
    const [first, second] = [createFakeClient(SIGNED_OUT), createFakeClient(SIGNED_OUT)]
    const { rerender } = render(<SpatioAuthProvider client={first}>page</SpatioAuthProvider>)
    rerender(<SpatioAuthProvider client={first}>page</SpatioAuthProvider>)
    expect(first.ready).toHaveBeenCalledTimes(1)
    rerender(<SpatioAuthProvider client={second}>page</SpatioAuthProvider>)
    expect(second.ready).toHaveBeenCalledTimes(1)
    expect(first.dispose).not.toHaveBeenCalled()
  })
})

function Page({ client }: { readonly client: SpatioAuth }): ReactNode {
  return (
    <StrictMode>
      <SpatioAuthProvider client={client}>
        <SignedIn loading="loading">{(user) => <p>{user.name}</p>}</SignedIn>
      </SpatioAuthProvider>
    </StrictMode>
  )
}

function toOutcome(auth: SpatioAuth) {
  const { isAuthenticated, error } = auth.getSnapshot()
  return isAuthenticated
    ? { kind: 'accept' as const }
    : { kind: 'reject' as const, code: error?.code ?? 'none' }
}
