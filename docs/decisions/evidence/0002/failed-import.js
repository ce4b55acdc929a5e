// Whether a second import() of the same URL goes to the network again after the first one failed.
import { openBrowser, onLocalhost, sendPage } from '../browser.js'
import { openServer, record } from '../0001/test-authority.js'

const engine = `import '/part.js'; export const isHere = true`
const failures = {
  'a 404 (a deploy deleted the chunk)': {
    fail: (response) => response.writeHead(404).end(),
    isRetried: true,
  },
  'a dropped connection': { fail: (response) => response.socket.destroy(), isRetried: true },
  'a chunk whose own import is a 404': { fail: (response) => sendModule(response, engine), isRetried: true },
  'a chunk that throws': {
    fail: (response) => sendModule(response, `throw new Error('no')`),
    isRetried: false,
  },
}

const browser = await openBrowser()
console.log(browser.version())
for (const [title, { fail, isRetried }] of Object.entries(failures)) {
  let isBroken = true
  const server = await openServer((request, response) => {
    if (request.url === '/') return sendPage(response, '')
    if (request.url === '/part.js') return isBroken ? response.writeHead(404).end() : sendModule(response, '')
    return isBroken ? fail(response) : sendModule(response, engine)
  })
  const page = await browser.newPage()
  await page.goto(onLocalhost(server.origin))
  const load = () =>
    page.evaluate(() =>
      import('/engine.js').then(
        ({ isHere }) => `loaded ${isHere}`,
        ({ name }) => name,
      ),
    )
  const first = await load()
  isBroken = false
  const sent = server.requests.length
  const second = await load()
  const again = server.requests.slice(sent).map(({ path }) => path)
  const seen = `${first}, then ${second}; asked for again: ${again.join(', ') || 'nothing'}`
  record(`${title}: ${seen}`, (second === 'loaded true') === isRetried)
  await page.close()
  server.close()
}
await browser.close()

function sendModule(response, code) {
  response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' }).end(code)
}
