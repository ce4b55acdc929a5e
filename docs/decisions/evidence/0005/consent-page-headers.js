// What the headers of a page that posts do to the post, to the redirect after it and to a popup, in Chromium.
import { openBrowser, onLocalhost, sendPage } from '../browser.js'
import { openServer, record } from '../0001/test-authority.js'

const browser = await openBrowser()
const app = await openServer((_request, response) => sendPage(response, 'app'))
const appOrigin = onLocalhost(app.origin)

/** Opens a consent page with `headers`, allows, and tells what the authority and the browser made of it. */
async function consent(headers) {
  const authority = await openServer((request, response) => {
    if (request.method === 'POST')
      return response.writeHead(303, { location: `${appOrigin}/?code=the-code` }).end()
    sendPage(response, '<form method=post action="/confirm"><button>Allow</button></form>', headers)
  })
  const page = await browser.newPage()
  await page.goto(authority.origin)
  await page.evaluate(() => document.querySelector('button').click())
  await page.waitForURL(`${appOrigin}/**`, { timeout: 1500 }).catch(() => undefined)
  const post = authority.requests.find(({ method }) => method === 'POST')
  const isBack = page.url().startsWith(appOrigin)
  const origin = post?.headers.origin.replace(authority.origin, 'its own')
  await page.close()
  authority.close()
  return { origin, isBack, isPosted: post !== undefined }
}

for (const [policy, expected] of [
  ['no-referrer', 'null'],
  ['same-origin', 'its own'],
  ['strict-origin', 'its own'],
]) {
  const { origin } = await consent({ 'referrer-policy': policy })
  record(`Referrer-Policy ${policy}: the form posts Origin ${origin}`, origin === expected)
}

for (const [sources, expected] of [
  [`'none'`, false],
  [`'self'`, false],
  [`'self' ${appOrigin}`, true],
]) {
  const { isPosted, isBack } = await consent({ 'content-security-policy': `form-action ${sources}` })
  record(
    `form-action ${sources.replace(appOrigin, '<redirect origin>')}: posted ${isPosted}, back at the app ${isBack}`,
    isBack === expected,
  )
}

for (const [headers, expected] of [
  [{}, true],
  [{ 'cross-origin-opener-policy': 'same-origin' }, false],
]) {
  const authority = await openServer((_request, response) => sendPage(response, '', headers))
  const page = await browser.newPage()
  await page.goto(appOrigin)
  const opened = page.waitForEvent('popup')
  await page.evaluate((url) => void (globalThis.popup = window.open(url, '', 'popup')), authority.origin)
  const popup = await opened
  await popup.waitForLoadState()
  await popup.waitForTimeout(300)
  const hasOpener = await popup.evaluate(() => window.opener !== null)
  const isClosed = await page.evaluate(() => globalThis.popup.closed)
  const title = headers['cross-origin-opener-policy'] ?? 'none'
  record(
    `COOP ${title}: the popup has its opener ${hasOpener}, the opener reads closed ${isClosed}`,
    hasOpener === expected,
  )
  await page.close()
  authority.close()
}
await browser.close()
app.close()
