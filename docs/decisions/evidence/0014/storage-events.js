// Whether a read in the listener of a storage event is as new as what the event tells, in Chromium.
import { openBrowser, onLocalhost, sendPage } from '../browser.js'
import { openServer, record } from '../0001/test-authority.js'

const WRITES = 2000

const server = await openServer((_request, response) => sendPage(response, ''))
const browser = await openBrowser()
const context = await browser.newContext()
const [writer, ...readers] = await Promise.all([context.newPage(), context.newPage(), context.newPage()])
for (const page of [writer, ...readers]) await page.goto(onLocalhost(server.origin))
for (const page of readers)
  await page.evaluate(() => {
    globalThis.seen = { events: 0, older: 0, last: 0 }
    addEventListener('storage', ({ newValue }) => {
      globalThis.seen.events++
      globalThis.seen.last = Number(newValue)
      if (Number(localStorage.getItem('n')) < Number(newValue)) globalThis.seen.older++
    })
  })
await writer.evaluate(async (writes) => {
  for (let n = 1; n <= writes; n++) {
    localStorage.setItem('n', String(n))
    if (n % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
  }
}, WRITES)
for (const [index, page] of readers.entries()) {
  await page.waitForFunction((writes) => globalThis.seen.last === writes, WRITES)
  const { events, older } = await page.evaluate(() => globalThis.seen)
  record(
    `tab ${index + 1}: ${events} events of ${WRITES} writes, ${older} reads older than told`,
    older === 0,
  )
}
await browser.close()
server.close()
