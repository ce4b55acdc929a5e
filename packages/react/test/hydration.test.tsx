// @vitest-environment happy-dom
import { caseTest } from '@spatio-labs/cases'
import { act } from '@testing-library/react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, vi } from 'vitest'
import {
  SignedIn,
  SignedOut,
  SpatioAuthProvider,
  useSpatioAuthActivity,
  type SpatioAuth,
} from '../src/index.js'
import { createFakeClient, LOADING, signedIn } from './kit/fake-client.js'

afterEach(() => document.body.replaceChildren())

describe('hydration', () => {
  caseTest(
    'ENV-02',
    'renders loading on the server and first on the client, without a recoverable error',
    async () => {
      const container = document.createElement('div')
      document.body.append(container)
      container.innerHTML = renderToString(<Page client={createFakeClient(LOADING)} />)
      expect(container.textContent).toBe('wait still 0')

      const client = createFakeClient(signedIn('Mira'))
      client.showActivity({ expiresAt: 5 })
      const onRecoverableError = vi.fn()
      const root = await act(() => hydrateRoot(container, <Page client={client} />, { onRecoverableError }))
      expect(onRecoverableError).not.toHaveBeenCalled()
      expect(container.textContent).toBe('Mira  5')
      act(() => root.unmount())
      expect(client.listeners()).toBe(0)
      return { kind: 'accept' }
    },
  )
})

function Page({ client }: { readonly client: SpatioAuth }) {
  return (
    <SpatioAuthProvider client={client}>
      <SignedIn loading="wait">{(user) => user.name}</SignedIn> <SignedOut loading="still">out</SignedOut>{' '}
      <Expiry />
    </SpatioAuthProvider>
  )
}

function Expiry() {
  return useSpatioAuthActivity().expiresAt ?? 0
}
