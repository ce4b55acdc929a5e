import type { FrontOptions } from './options.js'

type Client = Pick<FrontOptions, 'issuer' | 'clientId'>

/** Names the session record, and with a suffix the locks and marks beside it; two clients on one origin never meet. */
export function storageKey({ issuer, clientId }: Client): string {
  return `spatio.auth:${issuer}:${clientId}`
}

/** Set where this tab may ask the authority no more in silence. */
export function silentKey(client: Client): string {
  return `${storageKey(client)}#silent`
}

/** Where a sign-in keeps its record in this tab's storage until its callback; the `state` follows. */
export function transactionPrefix(client: Client): string {
  return `${storageKey(client)}#transaction:`
}

/** Marks a `state` that was used, so that a reload of its callback is told from a forged one. */
export function usedStatePrefix(client: Client): string {
  return `${storageKey(client)}#used:`
}
