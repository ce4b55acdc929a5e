import { inspect } from 'node:util'
import { expect } from 'vitest'
import type { SpatioAuthEvent } from '../../src/events.js'
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
  readonly #told: unknown[] = []

  constructor() {
    const logger = (event: SpatioAuthEvent): void => void this.#told.push(event)
    this.world = new World({ storage: 'local', relayPath: RELAY_PATH, logger })
    this.world.intercepts.push((request, forward) => this.#watch(request, forward))
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
    let isOver = false
    void asked.catch((error: unknown) => this.tell(error)).finally(() => (isOver = true))
    await flush()
    for (let turn = 0; turn < 20 && !isOver; turn++) await this.world.clock.advance(11_000)
    expect(isOver).toBe(true)
  }

  /** Nothing that was told holds a secret, and no document's address does. */
  expectSilent(): void {
    for (const tab of this.world.browser.tabs) this.tell(tab.href)
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
    this.#learnAnswer(
      await response
        .clone()
        .text()
        .catch(() => ''),
    )
    return response
  }

  #learnAnswer(text: string): void {
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
export async function signInByRedirect(canary: Canary, page: Page): Promise<Page> {
  const { world } = canary
  let isOver = false
  void page.auth
    .signIn({ appState: { draft: APP_DATA } })
    .catch((error: unknown) => canary.tell(error))
    .finally(() => (isOver = true))
  await flush()
  for (let turn = 0; turn < 5 && page.tab.navigations.length === 0 && !isOver; turn++)
    await world.clock.advance(11_000)
  const url = page.tab.navigations.pop()
  if (url === undefined) return page
  canary.learn(url)
  // An authority that shows an error page sends nobody back.
  let callback: string | null = null
  await canary.run(
    world
      .visit(url)
      .then((href) => (callback = href))
      .catch(() => undefined),
  )
  if (callback === null) return page
  canary.learn(callback)
  page.tab.load(callback)
  const next = world.page(page.tab)
  await canary.run(next.auth.ready())
  canary.tell(next.auth.getSnapshot().error)
  return next
}
