// Facts about Hono behind the mock: its Node adapter's globals, and the headers of secureHeaders().
import { createRequire } from 'node:module'
import { record } from '../0001/test-authority.js'

const mock = createRequire(new URL('../../../../mock-server/package.json', import.meta.url))
const { Hono } = mock('hono')
const { secureHeaders } = mock('hono/secure-headers')
const { serve } = mock('@hono/node-server')

const { Request: request, Response: response } = globalThis
const isUntouched = () => globalThis.Request === request && globalThis.Response === response
const app = new Hono().use(secureHeaders()).get('/', (c) => c.text('ok'))

async function tryAdapter(options) {
  let server
  await new Promise(
    (resolve) => (server = serve({ port: 0, hostname: '127.0.0.1', fetch: app.fetch, ...options }, resolve)),
  )
  const { status } = await fetch(`http://127.0.0.1:${server.address().port}/`)
  await new Promise((resolve) => server.close(resolve))
  return status
}

const status = await tryAdapter({ overrideGlobalObjects: false })
record(
  `overrideGlobalObjects false: answers ${status}, the process keeps its Request and Response: ${isUntouched()}`,
  isUntouched(),
)
await tryAdapter({})
record(`the default: kept while it ran and after it closed: ${isUntouched()}`, !isUntouched())

const headers = [...(await app.fetch(new request('http://localhost/'))).headers]
console.log(headers.map(([name, value]) => `  ${name}: ${value}`).join('\n'))
const value = (name) => headers.find(([key]) => key === name)?.[1]
record(
  `secureHeaders(): referrer-policy ${value('referrer-policy')}, COOP ${value('cross-origin-opener-policy')}, CSP ${value('content-security-policy')}`,
  value('referrer-policy') === 'no-referrer',
)
