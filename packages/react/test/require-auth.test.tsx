// @vitest-environment happy-dom
import { createTestAuth, type TestAuth } from '@spatio-labs/auth/testing'
import { act, cleanup, render, screen } from '@testing-library/react'
import { StrictMode, type ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  RequireAuth,
  SignedIn,
  SpatioAuthProvider,
  useUser,
  withAuthenticationRequired,
} from '../src/index.js'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const show = (auth: TestAuth, page: ReactNode) =>
  act(async () => render(<SpatioAuthProvider client={auth}>{page}</SpatioAuthProvider>))

describe('RequireAuth', () => {
  it('shows what failed, and starts the sign-in anew on retry', async () => {
    const auth = createTestAuth()
    await show(
      auth,
      <RequireAuth error={({ code }, retry) => <button onClick={retry}>{code}</button>}>in</RequireAuth>,
    )
    expect(auth.calls.requireUser).toEqual([{}])
    await act(async () => screen.getByText('test_redirect').click())
    expect(auth.calls.requireUser).toEqual([{}, {}])
    expect(auth.calls.retry).toEqual([])
  })

  it('asks the client to repeat what else failed', async () => {
    const auth = createTestAuth({ error: 'discovery_failed' })
    await show(
      auth,
      <RequireAuth error={({ code }, retry) => <button onClick={retry}>{code}</button>}>in</RequireAuth>,
    )
    await act(async () => screen.getByText('discovery_failed').click())
    expect(auth.calls.retry).toHaveLength(1)
    await act(async () => auth.signInAs({}))
    expect(screen.getByText('in')).toBeDefined()
  })

  it('forgets an earlier problem when the session ends again', async () => {
    const auth = createTestAuth()
    await show(auth, <RequireAuth error={({ code }) => code}>in</RequireAuth>)
    await act(async () => auth.signInAs({}))
    expect(screen.getByText('in')).toBeDefined()
  })

  it('renders nothing over 10 refreshes, with an inline `when`', async () => {
    const auth = createTestAuth({ user: {} })
    const renders = vi.fn()
    const Leaf = () => (renders(), null)
    await show(
      auth,
      <RequireAuth when={(state) => state.scopes.length > 0}>
        <Leaf />
      </RequireAuth>,
    )
    for (let count = 0; count < 10; count++)
      await act(async () => void (await auth.getAccessToken({ forceRefresh: true })))
    expect(renders).toHaveBeenCalledTimes(1)
  })

  it('sends away in StrictMode too, by one guard', async () => {
    const auth = createTestAuth()
    await show(
      auth,
      <StrictMode>
        <RequireAuth error={({ code }) => code}>in</RequireAuth>
      </StrictMode>,
    )
    expect(screen.getByText('test_redirect')).toBeDefined()
  })
})

describe('withAuthenticationRequired()', () => {
  it('guards a component, passes its props and is named after it', async () => {
    const Notes = ({ title }: { readonly title: string }) => <h1>{title}</h1>
    const Guarded = withAuthenticationRequired(Notes, { loading: 'loading' })
    expect(Guarded.displayName).toBe('withAuthenticationRequired(Notes)')
    const auth = createTestAuth({ status: 'loading' })
    await show(auth, <Guarded title="Notes" />)
    expect(screen.getByText('loading')).toBeDefined()
    await act(async () => auth.signInAs({}))
    expect(screen.getByRole('heading').textContent).toBe('Notes')
  })
})

describe('useUser()', () => {
  const Name = () => useUser().name

  it('throws not_authenticated outside a gate', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await expect(show(createTestAuth(), <Name />)).rejects.toMatchObject({ code: 'not_authenticated' })
  })

  it('gives the user inside one', async () => {
    const auth = createTestAuth({ user: { name: 'Mira' } })
    await show(
      auth,
      <SignedIn>
        <Name />
      </SignedIn>,
    )
    expect(screen.getByText('Mira')).toBeDefined()
    await act(async () => auth.signOut())
    expect(screen.queryByText('Mira')).toBeNull()
  })
})
