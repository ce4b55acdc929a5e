import { createServer, type Server } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMockServer, type Listener } from '../src/index.js'
import { toAuthorizeQuery } from './support/flow.js'
import { openBrowser } from './support/open-browser.js'

const mock = createMockServer()
// The app's page: it notes what is posted to it, and is the callback as well.
const page = `<!doctype html><title>The app</title><script>
  window.posted = []
  addEventListener('message', ({ origin, data }) => posted.push([origin, data]))
</script>`
let appServer: Server
let app = ''
let listener: Listener
let browser: Browser

beforeAll(async () => {
  appServer = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end(page)
  })
  await new Promise<void>((resolve) => appServer.listen(0, '127.0.0.1', resolve))
  const address = appServer.address()
  app = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/app`
  mock.clients.add({ client_id: 'app', redirect_uris: [app] })
  ;[listener, browser] = await Promise.all([mock.listen(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await listener.close()
  appServer.closeAllConnections()
  await new Promise((resolve) => appServer.close(resolve))
})

const toUrl = (changes: Record<string, string> = {}): string =>
  `${mock.issuer}/oauth2/authorize?${toAuthorizeQuery({ redirect_uri: app, ...changes })}`

/** What the page with the fault's script posts, by the origin it comes from. */
function toPosted(): unknown[] {
  const url = `${app}?code=forged&state=st-1`
  const lookalikes = [
    url,
    { type: 'authorization_response', url, response: { code: 'forged', state: 'st-1' } },
    { source: 'oidc-client', url, keepOpen: false },
  ]
  return lookalikes.map((data) => [new URL(mock.issuer).origin, data])
}

it('cb.foreign-window-message posts its forgeries from a popup and from an iframe, then leads to the true answer', async () => {
  const context = await browser.newContext()
  context.setDefaultTimeout(10_000)
  const opener = await context.newPage()
  const problems: string[] = []
  context.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  context.on('weberror', (error) => problems.push(error.error().message))
  await opener.goto(app)

  mock.fault('cb.foreign-window-message')
  const opened = context.waitForEvent('page')
  await opener.evaluate((url) => void window.open(url), toUrl())
  const popup = await opened
  await popup.getByRole('button', { name: 'Allow' }).click()
  await popup.waitForURL(/\/app\?code=cod_/)
  expect(await opener.evaluate('posted')).toEqual(toPosted())
  mock.verify()

  await opener.reload()
  mock.fault('cb.foreign-window-message', {}, { prompt: 'none' })
  await opener.evaluate(
    (url) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: url }))
    },
    toUrl({ prompt: 'none', nonce: 'n-2', state: 'st-1' }),
  )
  await opener.waitForFunction('posted.length === 3')
  expect(await opener.evaluate('posted')).toEqual(toPosted())
  await expect.poll(() => opener.frames()[1]?.url(), { timeout: 10_000 }).toMatch(/\/app\?code=cod_/)
  expect(problems).toEqual([])
  await context.close()
})
