import { inspect } from 'node:util'
import { expect } from 'vitest'
import type { SignInOptions } from '../../src/client/spatio-auth.js'
import type { SpatioAuthEvent } from '../../src/events.js'
import { enforceCors } from './enforce-cors.js'
import { APP_ORIGIN } from './fake-browser.js'
import { flush } from './flush.js'
import { ISSUER, RELAY_PATH, World, type Page } from './world.js'

const SECRET_NAMES = [
  'code',
  'code_verifier',
  'state',
  'nonce',
  'access_token',
  'refresh_token',
  'id_token',
  'registration_access_token',
]
/** What the app itself hands in to have it back after the sign-in. */
const APP_DATA = 'app-data-that-nobody-prints'

/** A world in which everything secret that passes is known, and everything told is kept. */
export class Canary {
  readonly secrets = new Map([[APP_DATA, 'appState']])
  readonly world: World
  /** What the authority answered, as text. */
  readonly answers: string[] = []
  readonly #told: unknown[] = []
  readonly #visit: (url: string) => Promise<string>

  /** @param options without `autoConsent` somebody answers the authority's pages */
  constructor({ autoConsent = true }: { readonly autoConsent?: boolean } = {}) {
    const logger = (event: SpatioAuthEvent): void => void this.#told.push(event)
    // What the authority waits for passes on the same clock.
    const wait = (ms: number): Promise<void> =>
      new Promise((resolve) => void this.world.clock.setTimer(resolve, ms))
    this.world = new World({ storage: 'local', relayPath: RELAY_PATH, logger }, { wait, autoConsent })
    const person = this.world.mock.browser()
    this.#visit = autoConsent
      ? (url) => this.world.visit(url)
      : async (url) => (await person.signIn(url, { user: 'usr_mira' })).href
    const throughCors = enforceCors((request) => this.world.mock.fetch(request))
    this.world.intercepts.push((request, forward) =>
      throughCors(request, (next) => this.#watch(next, forward)),
    )
  }

  /** Keeps what an app, a log or a console was told. */
  tell(...values: unknown[]): void {
    this.#told.push(...values)
  }

  /** Learns the secrets of an address; only what is long enough not to occur by chance. */
  learn(url: string): void {
    const { searchParams } = new URL(url, APP_ORIGIN)
    this.#learnAll(searchParams)
  }

  /** Runs what an app asks for until it has ended, letting time pass; keeps its error. */
  async run(asked: Promise<unknown>): Promise<void> {
    expect(await this.#isOver(asked)).toBe(true)
  }

  /** As an app gives up what takes too long. */
  patience(): AbortSignal {
    const controller = new AbortController()
    this.world.clock.setTimer(() => controller.abort(), 30_000)
    return controller.signal
  }

  /** Goes where the address bar was sent; null when the authority shows a page, errs or does not answer. */
  async visit(url: string): Promise<string | null> {
    let callback: string | null = null
    await this.#isOver(this.#visit(url).then((href) => (callback = href)))
    if (callback !== null) this.learn(callback)
    return callback
  }

  async #isOver(asked: Promise<unknown>): Promise<boolean> {
    let isOver = false
    void asked.catch((error: unknown) => this.tell(error)).finally(() => (isOver = true))
    await flush()
    for (let turn = 0; turn < 20 && !isOver; turn++) await this.world.clock.advance(11_000)
    return isOver
  }

  /** Nothing that was told holds a secret, and no document's address does. */
  expectSilent({ inAddresses = true } = {}): void {
    if (inAddresses) for (const tab of this.world.browser.tabs) this.tell(tab.href)
    const text = this.#told.map(toText).join('\n')
    for (const [secret, name] of this.secrets) expect(text.includes(secret), `${name} was told`).toBe(false)
  }

  async #watch(request: Request, forward: (request: Request) => Promise<Response>): Promise<Response> {
    const { origin } = new URL(request.url)
    const body = await request.clone().text()
    if (body.includes('=')) this.#learnAll(new URLSearchParams(body))
    // An address is what servers and proxies log; another origin may see nothing at all.
    this.tell(request.url)
    if (origin !== ISSUER) this.tell(body, [...request.headers])
    const response = await forward(request)
    // A body that never ends keeps nobody from the headers.
    void response
      .clone()
      .text()
      .then((text) => this.#learnAnswer(text))
      .catch(() => undefined)
    return response
  }

  #learnAnswer(text: string): void {
    this.answers.push(text)
    for (const [, name = '', value = ''] of text.matchAll(/"(\w+)":"([^"]+)"/g)) this.#learn(name, value)
  }

  #learnAll(params: URLSearchParams): void {
    for (const [name, value] of params) this.#learn(name, value)
  }

  #learn(name: string, value: string): void {
    if (SECRET_NAMES.includes(name) && value.length >= 16) this.secrets.set(value, name)
  }
}

/** All the ways in which an error or an event may be printed. */
function toText(value: unknown): string {
  const printed = [inspect(value, { depth: 9, showHidden: true, maxStringLength: null }), String(value)]
  if (value instanceof Error)
    printed.push(value.message, value.stack ?? '', inspect(value.cause, { depth: 9, maxStringLength: null }))
  return [...printed, JSON.stringify(value) ?? ''].join('\n')
}

/** A redirect sign-in as far as the authority lets it come. @returns the page it ends in */
export async function signInByRedirect(
  canary: Canary,
  page: Page,
  options: SignInOptions = {},
): Promise<Page> {
  const { world } = canary
  let isOver = false
  void page.auth
    .signIn({ appState: { draft: APP_DATA }, ...options, mode: 'redirect' })
    .catch((error: unknown) => canary.tell(error))
    .finally(() => (isOver = true))
  await flush()
  for (let turn = 0; turn < 5 && page.tab.navigations.length === 0 && !isOver; turn++)
    await world.clock.advance(11_000)
  const url = page.tab.navigations.pop()
  if (url === undefined) return page
  canary.learn(url)
  const callback = await canary.visit(url)
  if (callback === null) return page
  page.tab.load(callback)
  const next = world.page(page.tab)
  await canary.run(next.auth.ready())
  canary.tell(next.auth.getSnapshot().error)
  return next
}
