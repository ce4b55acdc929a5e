import { createMockServer, type MockServer, type MockServerOptions } from '@spatio-labs/mock-server'
import { createClient } from '../../src/client/client.js'
import { CHUNKS, type Chunks } from '../../src/client/load-chunks.js'
// What the client loads by `import()` is here before any test runs: loading takes real time, which no test waits for.
import '../../src/engine.js'
import '../../src/life/create-life.js'
import type { SignInOptions, SpatioAuth } from '../../src/client/spatio-auth.js'
import type { SpatioAuthEvent } from '../../src/events.js'
import type { SpatioAuthOptions } from '../../src/options.js'
import { resolveOptions } from '../../src/resolve-options.js'
import { APP_ORIGIN, FakeBrowser, type FakeTab } from './fake-browser.js'
import { FakeClock } from './fake-clock.js'
import { flush } from './flush.js'

export const ISSUER = 'http://127.0.0.1:4400'
export const CLIENT_ID = 'demo-app'
export const RELAY_PATH = '/relay.html'

/** Redirects that a browser follows before it gives up (Fetch 4.4). */
const MOST_HOPS = 20

/** Answers a request itself, changes the answer, or leaves both alone. */
export type Intercept = (
  request: Request,
  forward: (request: Request) => Promise<Response>,
) => Promise<Response> | undefined

/** An app's page with a started client, and what the client told. */
export interface Page {
  readonly world: World
  readonly tab: FakeTab
  readonly auth: SpatioAuth
  readonly events: SpatioAuthEvent[]
}

/** A strict mock authority, a browser, a network between them and one clock for all three. */
export class World {
  readonly clock = new FakeClock(Date.parse('2026-11-23T12:00:00Z'))
  readonly mock: MockServer
  readonly browser: FakeBrowser
  readonly options: Partial<SpatioAuthOptions>
  /** Stand between the client and the network, the first answer counts. */
  readonly intercepts: Intercept[] = []
  /** Where the client's requests went, whoever answered them: the names of endpoints, another origin as it is. */
  readonly sent: string[] = []
  /** How many of them were sent when the latest sign-in was on its way. */
  startedAt = 0
  readonly #armed: Intercept[] = []
  /** How far this device's clock is ahead of the true time (ms). */
  #deviceAhead = 0
  isOffline = false
  #cookies = ''

  constructor(options: Partial<SpatioAuthOptions> = {}, mockOptions: MockServerOptions = {}) {
    this.options = options
    const trueTime = () => this.clock.now() - this.#deviceAhead
    const clients = [{ client_id: CLIENT_ID, redirect_uris: [`${APP_ORIGIN}/`, APP_ORIGIN + RELAY_PATH] }]
    const base = { issuer: ISSUER, autoConsent: true, clock: trueTime, clients }
    this.mock = createMockServer({ ...base, ...mockOptions })
    this.browser = new FakeBrowser(this.clock, (input, init) => this.#fetch(new Request(input, init)))
  }

  /** Prepares what goes wrong later, when `arm()` is called: after the sign-in that went right. */
  prepare(...intercepts: Intercept[]): this {
    this.#armed.push(...intercepts)
    return this
  }

  arm(): void {
    this.intercepts.push(...this.#armed.splice(0))
  }

  /** Nothing is wrong any more. */
  disarm(): void {
    this.intercepts.length = 0
    this.mock.clearFaults()
  }

  /** The device's clock is wrong; the authority's and the app server's are right. */
  setDeviceAhead(ms: number): void {
    this.clock.jump(ms - this.#deviceAhead)
    this.#deviceAhead = ms
  }

  /**
   * Loads the app in a tab, without starting the client.
   * @param chunks what it loads beside its front: late, or not at all
   */
  page(
    tab: FakeTab = this.browser.open(),
    options: Partial<SpatioAuthOptions> = {},
    chunks: Chunks = CHUNKS,
  ): Page {
    const resolved = resolveOptions({ clientId: CLIENT_ID, issuer: ISSUER, ...this.options, ...options })
    const auth = createClient(resolved, () => tab.environment(), chunks)
    const events: SpatioAuthEvent[] = []
    auth.on('*', (event) => events.push(event))
    return { world: this, tab, auth, events }
  }

  /** Reloads the tab: a new page with a new client, started. */
  async reload(tab: FakeTab, href: string = tab.href): Promise<Page> {
    tab.load(href)
    const page = this.page(tab)
    await page.auth.ready()
    return page
  }

  /** Starts a sign-in and answers it at the authority. @returns the callback URL */
  async authorize(page: Page, options: SignInOptions = {}): Promise<string> {
    let failure: Error | null = null
    page.auth.signIn(options).catch((error: Error) => (failure = error))
    await this.settled(() => page.tab.navigations.length > 0 || failure !== null)
    if (failure !== null) throw failure
    const url = page.tab.navigations.pop() ?? ''
    this.startedAt = this.sent.length
    return this.visit(url)
  }

  /** A whole sign-in in one tab. @returns the page that the callback loaded */
  async signIn(tab: FakeTab = this.browser.open(), options: SignInOptions = {}): Promise<Page> {
    const page = this.page(tab)
    const callback = await this.authorize(page, options)
    return this.reload(tab, callback)
  }

  /**
   * Follows redirects at the authority, as the address bar does. @returns the first URL of the app
   * @throws Error after as many hops as browsers follow, or at a page
   */
  async visit(url: string): Promise<string> {
    let next = url
    for (let hops = 0; !next.startsWith(APP_ORIGIN); hops++) {
      if (hops === MOST_HOPS) throw new Error(`the authority redirected ${MOST_HOPS} times`)
      const headers = this.#cookies === '' ? {} : { cookie: this.#cookies }
      const response = await this.mock.fetch(new Request(next, { headers, redirect: 'manual' }))
      const cookie = response.headers.get('set-cookie')
      if (cookie !== null) this.#cookies = cookie.split(';')[0] ?? ''
      const location = response.headers.get('location')
      if (location === null) throw new Error(`the authority answered ${response.status} without a redirect`)
      next = new URL(location, next).href
    }
    return next
  }

  /** The browser sends the authority no cookie any more, as in a frame on another site. */
  forgetCookies(): void {
    this.#cookies = ''
  }

  /** Waits, in turns of the event loop and without time, until something holds. */
  async settled(holds: () => boolean): Promise<void> {
    const giveUpAt = performance.now() + 10_000
    while (!holds()) {
      if (performance.now() > giveUpAt) throw new Error('it never came to hold')
      await flush()
    }
  }

  /** How often the token endpoint was asked for this grant. */
  tokenRequests(grant: 'authorization_code' | 'refresh_token'): number {
    return this.mock.requests({ endpoint: 'token', grant }).length
  }

  async #fetch(request: Request): Promise<Response> {
    request.signal.throwIfAborted()
    this.sent.push(toEndpoint(request.url))
    const [intercept] = this.intercepts.flatMap(
      (answer) => answer(request, (next) => this.#forward(next)) ?? [],
    )
    return intercept ?? this.#forward(request)
  }

  async #forward(request: Request): Promise<Response> {
    if (this.isOffline) throw new TypeError('Failed to fetch')
    if (new URL(request.url).origin === APP_ORIGIN) {
      const date = new Date(this.clock.now() - this.#deviceAhead).toUTCString()
      return new Response(null, { headers: { date } })
    }
    request.headers.set('origin', APP_ORIGIN)
    return this.mock.fetch(request)
  }
}

const ENDPOINTS: readonly (readonly [RegExp, string])[] = [
  [/openid-configuration$/, 'discovery'],
  [/jwks[.]json$/, 'jwks'],
  [/oauth2[/](token|userinfo|introspect|revoke)$/, '$1'],
]

function toEndpoint(url: string): string {
  const { origin, pathname } = new URL(url)
  if (origin === APP_ORIGIN) return 'clock'
  const [pattern, name] = ENDPOINTS.find(([path]) => path.test(pathname)) ?? [null, url]
  return pattern?.exec(pathname)?.[0].replace(pattern, name) ?? name
}
