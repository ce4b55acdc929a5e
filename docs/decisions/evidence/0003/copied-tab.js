// Which new tabs start with a copy of sessionStorage in Chromium.
import { openBrowser, onLocalhost, sendPage } from '../browser.js'
import { openServer, record } from '../0001/test-authority.js'

const server = await openServer((_request, response) =>
  sendPage(
    response,
    `<a id=blank target=_blank href="/">blank</a><a id=opener target=_blank rel=opener href="/">opener</a>`,
  ),
)
const browser = await openBrowser()
const context = await browser.newContext()
const page = await context.newPage()
await page.goto(onLocalhost(server.origin))
await page.evaluate(() => sessionStorage.setItem('token', 'kept'))

const ways = {
  'window.open': { act: () => page.evaluate(() => void window.open('/')), expected: 'kept' },
  'window.open with noopener': {
    act: () => page.evaluate(() => void window.open('/', '', 'noopener')),
    expected: null,
  },
  'a link with target=_blank': { act: () => page.click('#blank'), expected: null },
  'a link with target=_blank rel=opener': { act: () => page.click('#opener'), expected: 'kept' },
}
for (const [title, { act, expected }] of Object.entries(ways)) {
  const [tab] = await Promise.all([context.waitForEvent('page'), act()])
  await tab.waitForLoadState()
  const found = await tab.evaluate(() => sessionStorage.getItem('token'))
  record(`${title}: the new tab reads ${found}`, found === expected)
}
await browser.close()
server.close()
