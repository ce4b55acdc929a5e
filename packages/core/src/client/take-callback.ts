import type { SignInResult } from '../protocol/authorization-response.js'
import { toMetadataUrl } from '../options.js'
import type { Tab } from '../session/tab.js'
import { tryStorage } from '../session/sign-out-mark.js'
import { itemKey } from '../storage-names.js'
import { send } from './send.js'
import { readCallbackUrl } from './callback-url.js'

/** A callback of ours that was taken out of the address bar. */
export interface Callback {
  readonly query: string
  /** The authority's answer, asked for beside the engine; not for a forged callback, for which nobody is asked. */
  readonly metadata: Promise<Response> | undefined
  /** The start of the client that finishes it: after `dispose()` and `ready()` the later one. */
  owner?: object
  /** Set once the answer is with the engine: a code is sent once, whoever waits for it. */
  result?: Promise<SignInResult>
  isFinished?: boolean
}

/** Takes our callback out of the address bar, in the same turn in which the client starts; null when there is none. */
export function takeCallback(tab: Tab): Callback | null {
  const { location, history } = tab.environment
  const { options } = tab
  const pending = storedNames(tab, itemKey(options, 'transaction:'))
  const found = readCallbackUrl(
    location.href,
    options.redirectUri ?? options.redirectPath,
    pending.length > 0,
  )
  if (found === null) return null
  // Before anything can send a Referer or be bookmarked (RFC 9700 4.2.4); the app's own query stays.
  history.replaceState(history.state, '', found.cleanUrl)
  const { query } = found
  // Of a sign-in that this tab began, as far as one sees from outside.
  const metadata = pending.some((state) => query.includes(state))
    ? send(tab, toMetadataUrl(options))
    : undefined
  metadata?.catch(() => undefined)
  return { query, metadata }
}

/**
 * Whether the app itself was loaded where an answer is relayed: a server that answers every path with the app does
 * that. Then the client only relays: a session restored or asked for in here would start the same again, without end.
 */
export function isRelayPage({ options, environment: { location } }: Tab): boolean {
  return options.relayPath !== undefined && readCallbackUrl(location.href, options.relayPath) !== null
}

/** What this tab keeps under a prefix: how it goes on; none where storage is blocked. */
export function storedNames(tab: Pick<Tab, 'environment'>, prefix: string): string[] {
  return (tryStorage(tab, 'session', Object.keys) ?? [])
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
}
