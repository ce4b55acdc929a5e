// @vitest-environment happy-dom
import { SpatioAuthError, type AuthState } from '@spatio-labs/auth'
import { act, cleanup, render, renderHook, screen } from '@testing-library/react'
import { useEffect, type ReactNode } from 'react'
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import {
  SpatioAuthProvider,
  useSpatioAuth,
  useSpatioAuthActivity,
  useSpatioAuthClient,
  type User,
} from '../src/index.js'
import {
  createFakeClient,
  failed,
  LOADING,
  SIGNED_OUT,
  signedIn,
  type FakeClient,
} from './kit/fake-client.js'

afterEach(cleanup)

function inside(client: FakeClient) {
  return ({ children }: { readonly children: ReactNode }) => (
    <SpatioAuthProvider client={client}>{children}</SpatioAuthProvider>
  )
}

describe('outside a provider', () => {
  it.each<[string, () => unknown]>([
    ['useSpatioAuth', () => useSpatioAuth()],
    ['useSpatioAuth with a selector', () => useSpatioAuth((state) => state.status)],
    ['useSpatioAuthClient', () => useSpatioAuthClient()],
    ['useSpatioAuthActivity', () => useSpatioAuthActivity()],
  ])('%s throws provider_missing', (_, hook) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const expected = expect.objectContaining({ code: 'provider_missing', phase: 'configuration' })
    expect(() => renderHook(hook)).toThrow(expected)
    expect(() => renderHook(hook)).toThrow(SpatioAuthError)
    vi.restoreAllMocks()
  })
})

describe('useSpatioAuth()', () => {
  it('gives the same object for the same snapshot, to every component', () => {
    const client = createFakeClient(signedIn('Mira'))
    const first = renderHook(() => useSpatioAuth(), { wrapper: inside(client) })
    const second = renderHook(() => useSpatioAuth(), { wrapper: inside(client) })
    const before = first.result.current
    first.rerender()
    expect(first.result.current).toBe(before)
    expect(second.result.current).toBe(before)
  })

  it('does not mix two clients that show the same loading snapshot', () => {
    const [first, second] = [createFakeClient(LOADING), createFakeClient(LOADING)]
    const one = renderHook(() => useSpatioAuth(), { wrapper: inside(first) })
    const two = renderHook(() => useSpatioAuth(), { wrapper: inside(second) })
    expect(one.result.current.signOut).toBe(first.signOut)
    expect(two.result.current.signOut).toBe(second.signOut)
  })

  it('does not loop in an effect that depends on the whole object', () => {
    const client = createFakeClient(SIGNED_OUT)
    const effect = vi.fn()
    renderHook(
      () => {
        const auth = useSpatioAuth()
        useEffect(effect, [auth])
      },
      { wrapper: inside(client) },
    )
    act(() => client.show(signedIn('Mira')))
    expect(effect).toHaveBeenCalledTimes(2)
  })

  it('keeps the identity of every action when the state changes', () => {
    const client = createFakeClient(SIGNED_OUT)
    const { result } = renderHook(() => useSpatioAuth(), { wrapper: inside(client) })
    const { signIn, signOut, getAccessToken, fetch, retry, preload, on } = result.current
    act(() => client.show(signedIn('Mira')))
    expect(result.current).toMatchObject({ signIn, signOut, getAccessToken, fetch, retry, preload, on })
  })

  it('shows a failed sign-in with its code', () => {
    const client = createFakeClient(failed())
    const { result } = renderHook(() => useSpatioAuth(), { wrapper: inside(client) })
    expect(result.current).toMatchObject({ status: 'error', isAuthenticated: false })
    expect(result.current.error?.code).toBe('state_mismatch')
  })

  it('narrows by status and by a destructured flag', () => {
    const client = createFakeClient(signedIn('Mira'))
    const { result } = renderHook(() => useSpatioAuth(), { wrapper: inside(client) })
    const auth = result.current
    const { isAuthenticated, user } = auth
    if (auth.status === 'authenticated') expectTypeOf(auth.user).toEqualTypeOf<User>()
    if (auth.status === 'error') expectTypeOf(auth.error).toEqualTypeOf<SpatioAuthError>()
    if (isAuthenticated) expectTypeOf(user).toEqualTypeOf<User>()
    else expectTypeOf(user).toEqualTypeOf<null>()
    expect(user?.name).toBe('Mira')
  })
})

describe('useSpatioAuth(selector)', () => {
  it('does not loop when an inline selector returns a fresh object', () => {
    const client = createFakeClient(signedIn('Mira'))
    const renders = vi.fn()
    render(<FreshObject onRender={renders} />, { wrapper: inside(client) })
    expect(screen.getByText('Mira')).toBeDefined()
    expect(renders).toHaveBeenCalledTimes(1)
    act(() => client.show(signedIn('Jonas')))
    expect(screen.getByText('Jonas')).toBeDefined()
    expect(renders).toHaveBeenCalledTimes(2)
  })

  it('renders nothing while isEqual holds, and keeps the selection', () => {
    const client = createFakeClient(signedIn('Mira'))
    const toNames = (state: AuthState) => [state.user?.name]
    const isSame = (a: readonly unknown[], b: readonly unknown[]) => a[0] === b[0]
    const renders = vi.fn()
    const { result, rerender } = renderHook(
      () => {
        renders()
        // Both inline: new functions in every render.
        return useSpatioAuth(
          (state) => toNames(state),
          (a, b) => isSame(a, b),
        )
      },
      { wrapper: inside(client) },
    )
    const before = result.current
    act(() => client.show(signedIn('Mira')))
    expect(renders).toHaveBeenCalledTimes(1)
    rerender()
    expect(result.current).toBe(before)
    act(() => client.show(signedIn('Jonas')))
    expect(result.current).toEqual(['Jonas'])
  })

  it('follows a selector that depends on props', () => {
    const client = createFakeClient(signedIn('Mira'))
    const { result, rerender } = renderHook(
      ({ key }: { readonly key: 'name' | 'sub' }) => useSpatioAuth((state) => state.user?.[key]),
      { wrapper: inside(client), initialProps: { key: 'name' as 'name' | 'sub' } },
    )
    expect(result.current).toBe('Mira')
    rerender({ key: 'sub' })
    expect(result.current).toBe('usr_Mira')
  })
})

describe('useSpatioAuthClient()', () => {
  it('gives the client and never renders again', () => {
    const client = createFakeClient(SIGNED_OUT)
    const renders = vi.fn()
    const { result } = renderHook(
      () => {
        renders()
        return useSpatioAuthClient()
      },
      { wrapper: inside(client) },
    )
    act(() => client.show(signedIn('Mira')))
    expect(result.current).toBe(client)
    expect(renders).toHaveBeenCalledTimes(1)
  })
})

describe('useSpatioAuthActivity()', () => {
  it('tells what changes by itself without touching the state', () => {
    const client = createFakeClient(signedIn('Mira'))
    const { result } = renderHook(() => useSpatioAuthActivity(), { wrapper: inside(client) })
    act(() => client.showActivity({ isRefreshing: true, expiresAt: 1 }))
    expect(result.current).toEqual({ isRefreshing: true, pending: null, expiresAt: 1 })
  })
})

function FreshObject({ onRender }: { readonly onRender: () => void }): ReactNode {
  const { name } = useSpatioAuth((state) => ({ name: state.user?.name }))
  onRender()
  return <p>{name}</p>
}
