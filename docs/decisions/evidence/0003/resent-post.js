// Chromium sends a POST again by itself when a reused connection dies without an answer.
import { onLocalhost, openBrowser, sendPage } from '../browser.js'
import { openServer, record, sendJson } from '../0001/test-authority.js'

const ours = {
  redirect: 'manual',
  credentials: 'omit',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
  mode: 'cors',
}
const include = { credentials: 'include' }
const omit = { credentials: 'omit' }
/** `warm`: the options of the GET before, which opens the connection. Chromium keeps one pool with cookies and one without. */
const trials = {
  'plain fetch': { warm: include, init: {}, expected: 2 },
  'our options': { warm: omit, init: ours, expected: 2 },
  'our options and keepalive': { warm: omit, init: { ...ours, keepalive: true }, expected: 2 },
  'our options, where only a connection with cookies is open': { warm: include, init: ours, expected: 1 },
}

const browser = await openBrowser()
for (const [title, { warm, init, expected }] of Object.entries(trials)) {
  const sockets = []
  const server = await openServer((request, response) => {
    if (request.method === 'GET') return request.url === '/' ? sendPage(response, '') : sendJson(response, {})
    sockets.push(request.socket)
    // The first POST is read to its end and never answered; a later one is answered.
    if (sockets.length === 1) return request.socket.destroy()
    sendJson(response, {})
  })
  const page = await browser.newPage()
  await page.goto(onLocalhost(server.origin))
  const result = await page.evaluate(
    async ([before, options]) => {
      await (await fetch('/warm', before)).text()
      return fetch('/token', {
        method: 'POST',
        body: new URLSearchParams({ code: 'the-code' }),
        ...options,
      }).then(
        ({ status }) => `status ${status}`,
        ({ message }) => message,
      )
    },
    [warm, init],
  )
  const posts = server.requests.filter(({ method }) => method === 'POST')
  const same = posts.every(({ body }) => body === 'code=the-code')
  record(
    `${title}: one fetch, ${posts.length} POSTs at the server, body ${same ? 'the same' : 'differs'}; the page saw ${result}`,
    posts.length === expected,
  )
  await page.close()
  server.close()
}
await browser.close()
