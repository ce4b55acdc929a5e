import { expect, it } from 'vitest'
import { createMock, send, signIn } from './support/flow.js'

it('answers 413 to a body past the cap, whether it says its length or not', async () => {
  const mock = createMock()
  const chunk = new TextEncoder().encode('x'.repeat(10_000))
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1
      controller.enqueue(chunk)
    },
  })
  const init = {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }
  expect((await send(mock, '/oauth2/token', init)).status).toBe(413)
  expect(sent).toBeLessThan(20)
})

it('serves fifty whole sign-ins at once', async () => {
  const mock = createMock()
  const tokens = await Promise.all(Array.from({ length: 50 }, () => signIn(mock)))
  expect(new Set(tokens.map(({ access_token }) => access_token)).size).toBe(50)
})
