// The part of the benchmark with the bindings of React and Vue.
import { measureEntry } from '../../scripts/measure-entry.js'
import { launchChromium } from '../../storm/kit/launch-chromium.js'
import { startAppServer } from '../app-server.js'
import { startAuthority, trustFlag } from '../authority.js'
import { readVersion, toTable } from '../document.js'
import { bindings } from './bindings.js'

const refreshes = 10
/** ms in which a framework renders what there is to render. */
const untilRendered = 500

/** @typedef {{ untilSignedIn: number, whileRefreshing: number }} Renders */

/**
 * How often the component that shows the name is rendered, in a browser profile of its own.
 *
 * @param {{ browser: import('playwright-core').Browser, mock: import('@spatio-labs/mock-server').MockServer, appOrigin: string }} bench
 * @param {import('./bindings.js').Binding} binding
 * @returns {Promise<Renders>}
 */
async function countRenders({ browser, mock, appOrigin }, { id }) {
  const redirectUri = `${appOrigin}/${id}/callback`
  const authority = mock.issuerFor(id, {
    autoConsent: true,
    clients: [{ client_id: 'bindings', redirect_uris: [redirectUri] }],
    // Some ask for it, whatever they are told.
    additionalScopes: { offline_access: 'Stay signed in' },
  })
  const context = await browser.newContext()
  const settings = { issuer: authority.issuer, clientId: 'bindings', redirectUri, scope: '' }
  await context.addInitScript((given) => void (window.settings = given), settings)
  const page = await context.newPage()
  const readRenders = async () => {
    await page.waitForTimeout(untilRendered)
    return page.evaluate(() => window.renders)
  }
  await page.goto(`${appOrigin}/${id}/`)
  await page.waitForFunction(() => 'binding' in window)
  await page.waitForTimeout(untilRendered)
  await page.evaluate(() => void window.binding.signIn())
  await page.waitForURL((url) => url.pathname === `/${id}/callback`)
  await page.getByText('Mira').waitFor()
  const untilSignedIn = await readRenders()
  authority.clearRequests()
  for (let done = 0; done < refreshes; done += 1) await page.evaluate(() => window.binding.refresh())
  const whileRefreshing = (await readRenders()) - untilSignedIn
  const requests = authority.requests({ endpoint: 'token', grant: 'refresh_token' }).length
  if (requests !== refreshes) throw new Error(`${id} made ${requests} refreshes instead of ${refreshes}`)
  await context.close()
  return { untilSignedIn, whileRefreshing }
}

/** @returns {Promise<string>} */
export async function describeBindings() {
  const authority = await startAuthority()
  const app = await startAppServer(bindings.map(({ id }) => new URL(`pages/${id}.ts`, import.meta.url)))
  const browser = await launchChromium([trustFlag])
  const rows = []
  for (const binding of bindings) {
    const { packageName, entry, core, framework } = binding
    const frameworks = [
      framework,
      ...(framework === 'react' ? ['react-dom'] : ['vue-router', '@vue/devtools-api']),
    ]
    const alone = await measureEntry(entry, [core, ...frameworks])
    const whole = await measureEntry(entry, frameworks)
    const bench = { browser, mock: authority.mock, appOrigin: app.origin }
    const { untilSignedIn, whileRefreshing } = await countRenders(bench, binding)
    const isOneFile = alone.eager === whole.eager
    const numbers = [whole.eager, untilSignedIn, whileRefreshing].map((number) => number.toLocaleString('en'))
    rows.push([packageName, isOneFile ? 'not apart' : alone.eager.toLocaleString('en'), ...numbers])
  }
  await browser.close()
  app.close()
  await authority.close()
  const peers = bindings.filter(({ core }) => core !== '@spatio-labs/auth')
  return `## Bindings

Beside ${peers.map(({ packageName }) => readVersion(packageName)).join(', ')}.

The size of the binding alone, and with what it binds, as far as a page loads it at once (minified and gzipped, without the framework). One component shows the user's name and reads it as each README says; counted is how often it is rendered from the load of the callback until the name stands there and nothing more happens, and while the access token is refreshed ${refreshes} times.

${toTable(['binding', 'bytes alone', 'bytes with its core', 'renders of a sign-in', `renders in ${refreshes} refreshes`], rows)}
`
}
