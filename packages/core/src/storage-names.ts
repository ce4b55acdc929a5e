import type { FrontOptions } from './options.js'

type Client = Pick<FrontOptions, 'issuer' | 'clientId'>

/** Names the session record, and with a suffix the locks and marks beside it; two clients on one origin never meet. */
export function storageKey({ issuer, clientId }: Client): string {
  return `spatio.auth:${issuer}:${clientId}`
}

/**
 * What is kept beside the session: whose sign-out was the last (`signed-out`, in localStorage), and in this tab that it
 * may ask the authority no more in silence (`silent`), each sign-in until its callback (`transaction:`, the `state`
 * follows), and each `state` that was used (`used:`), so that a reload of its callback is told from a forged one.
 */
export type KeptItem = '' | 'signed-out' | 'silent' | 'transaction:' | 'used:'

/** Names it, or what all of a kind, or with `''` all of them, begin with. */
export function itemKey(client: Client, item: KeptItem): string {
  return `${storageKey(client)}#${item}`
}
