// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SignedIn, SignedOut, SpatioAuthProvider } from '../src/index.js'
import { createFakeClient, failed, LOADING, SIGNED_OUT, signedIn } from './kit/fake-client.js'

afterEach(cleanup)

function renderGates(state: Parameters<typeof createFakeClient>[0]) {
  const client = createFakeClient(state)
  const { container } = render(
    <SpatioAuthProvider client={client}>
      <SignedIn fallback="[nobody]" loading="[wait]">
        {(user) => `[${user.name}]`}
      </SignedIn>
      <SignedIn>[node]</SignedIn>
      <SignedOut loading="[still]">[sign in]</SignedOut>
      <SignedOut>[out]</SignedOut>
    </SpatioAuthProvider>,
  )
  return { client, shown: () => container.textContent }
}

describe('<SignedIn> and <SignedOut>', () => {
  it('show neither children nor fallback while loading', () => {
    expect(renderGates(LOADING).shown()).toBe('[wait][still]')
  })

  it('show who is signed out the fallback', () => {
    expect(renderGates(SIGNED_OUT).shown()).toBe('[nobody][sign in][out]')
  })

  it('take a failed sign-in for signed out', () => {
    expect(renderGates(failed()).shown()).toBe('[nobody][sign in][out]')
  })

  it('show the children, a function with the user', () => {
    expect(renderGates(signedIn('Mira')).shown()).toBe('[Mira][node]')
  })

  it('follow a sign-in and a sign-out', () => {
    const { client, shown } = renderGates(SIGNED_OUT)
    act(() => client.show(signedIn('Jonas')))
    expect(shown()).toBe('[Jonas][node]')
    act(() => client.show(SIGNED_OUT))
    expect(shown()).toBe('[nobody][sign in][out]')
  })

  it('throw provider_missing outside a provider', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const expected = expect.objectContaining({ code: 'provider_missing' })
    expect(() => render(<SignedIn>in</SignedIn>)).toThrow(expected)
    expect(() => render(<SignedOut>out</SignedOut>)).toThrow(expected)
    vi.restoreAllMocks()
  })
})
