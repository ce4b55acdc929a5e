import { completeOptions } from '../../src/complete-options.js'
import type { SpatioAuthOptions } from '../../src/options.js'
import { resolveOptions } from '../../src/resolve-options.js'
import type { Metadata } from '../../src/protocol/metadata.js'
import type { ProtocolContext } from '../../src/protocol/protocol-context.js'
import { FakeBrowser, type FakeTab } from './fake-browser.js'
import { FakeClock } from './fake-clock.js'

export const ISSUER = 'https://op.test'
export const CLIENT_ID = 'app'
/** Seconds since the epoch at which every page opens. */
export const NOW = 1_790_000_000

/** The metadata of the authority, as it was read. */
export const METADATA: Metadata = {
  authorizationEndpoint: `${ISSUER}/authorize`,
  tokenEndpoint: `${ISSUER}/token`,
  jwksUri: `${ISSUER}/jwks`,
  revocationEndpoint: `${ISSUER}/revoke`,
  userinfoEndpoint: `${ISSUER}/userinfo`,
  introspectionEndpoint: `${ISSUER}/introspect`,
  registrationEndpoint: `${ISSUER}/register`,
  idTokenAlgs: ['RS256', 'ES256'],
  isIssParameterSupported: false,
}

export interface SentRequest {
  readonly url: string
  readonly init: RequestInit
}

/** What the network does with a request; to throw is to be offline. */
export type Answer = (sent: SentRequest) => Response | Promise<Response>

/** A page in which one step of the protocol runs: its clock, its tab, and what it sent and told. */
export interface ProtocolPage {
  readonly context: ProtocolContext
  readonly clock: FakeClock
  readonly tab: FakeTab
  readonly sent: SentRequest[]
  readonly events: (readonly [type: string, detail: unknown])[]
}

export function openProtocolPage(answer: Answer, options: Partial<SpatioAuthOptions> = {}): ProtocolPage {
  const clock = new FakeClock(NOW * 1000)
  const sent: SentRequest[] = []
  const browser = new FakeBrowser(clock, async (input, init = {}) => {
    const request = { url: String(input), init }
    sent.push(request)
    return answer(request)
  })
  const tab = browser.open()
  const events: (readonly [string, unknown])[] = []
  const context: ProtocolContext = {
    options: completeOptions(resolveOptions({ clientId: CLIENT_ID, issuer: ISSUER, ...options })),
    environment: tab.environment(),
    emit: (type, detail) => void events.push([type, detail]),
  }
  return { context, clock, tab, sent, events }
}

/** A JSON answer. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } })
}

/** A network that is down. */
export const offline: Answer = () => {
  throw new TypeError('Failed to fetch')
}

/** An answer that does not come. */
export const silence: Answer = () => new Promise(() => undefined)

/** What `redirect: 'manual'` shows of a redirect in a browser. */
export const opaqueRedirect: Answer = () =>
  Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })
