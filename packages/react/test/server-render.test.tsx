// @vitest-environment node
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { createSpatioAuth, SignedIn, SignedOut, SpatioAuthProvider, useSpatioAuth } from '../src/index.js'

describe('on a server', () => {
  it('renders loading with the real client, without a window and without a request', () => {
    expect('window' in globalThis).toBe(false)
    const send = vi.fn<typeof fetch>()
    const auth = createSpatioAuth({ clientId: 'app_123', fetch: send })
    const html = renderToString(
      <SpatioAuthProvider client={auth}>
        <SignedIn loading="wait">in</SignedIn>
        <SignedOut loading="still">out</SignedOut>
        <Status />
      </SpatioAuthProvider>,
    )
    expect(html.replaceAll('<!-- -->', '')).toBe('waitstillloading')
    expect(send).not.toHaveBeenCalled()
  })
})

function Status() {
  return useSpatioAuth().status
}
