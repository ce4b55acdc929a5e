/** Sent by the relay page. */
export interface RelayedResponse {
  /** The query of the callback. */
  readonly query: string
}

/** Sent back by the page that took the answer. */
export const TAKEN = 'taken'

/** Names the channel of one answer: only a page that knows the state can listen. */
export function relayChannelName(state: string): string {
  return `spatio.auth.relay:${state}`
}
