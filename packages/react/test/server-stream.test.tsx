// @vitest-environment node
import { Writable } from 'node:stream'
import { createSpatioAuth } from '@spatio-labs/auth'
import { Suspense, type ReactNode } from 'react'
import { renderToPipeableStream } from 'react-dom/server'
import { expect, it } from 'vitest'
import { SpatioAuthProvider } from '../src/index.js'
import { useSpatioAuthSuspense } from '../src/suspense.js'

it('a stream with the Suspense hook ends, and sends the fallback', async () => {
  const { html, digests } = await renderStream(
    <main>
      <Suspense fallback="waiting">
        <SpatioAuthProvider client={createSpatioAuth({ clientId: 'app_123' })}>
          <Name />
        </SpatioAuthProvider>
      </Suspense>
    </main>,
  )
  expect(html).toContain('waiting')
  expect(html).not.toContain('never')
  expect(digests).toEqual(['spatio-auth-loading'])
})

function Name(): ReactNode {
  return useSpatioAuthSuspense().user?.name ?? 'never'
}

/** Resolves when the stream has ended; a promise left pending would keep it open. */
function renderStream(page: ReactNode): Promise<{ readonly html: string; readonly digests: unknown[] }> {
  const digests: unknown[] = []
  return new Promise((resolve, reject) => {
    let html = ''
    const sink = new Writable({
      write: (chunk, _encoding, done) => {
        html += String(chunk)
        done()
      },
      final: (done) => {
        resolve({ html, digests })
        done()
      },
    })
    const stream = renderToPipeableStream(page, {
      onAllReady: () => stream.pipe(sink),
      onShellError: reject,
      onError: (error) => {
        const { digest } = error as { readonly digest?: string }
        digests.push(digest)
        return digest
      },
    })
  })
}
