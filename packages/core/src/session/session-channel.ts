import type { Environment } from '../environment.js'

/** What tabs tell each other beside the storage event. No token ever. */
export interface TabMessage {
  readonly kind: 'signed_out'
  /** The session that ended. */
  readonly id: string
  /** The user who signed out, in every tab; null when only this session ended. */
  readonly sub: string | null
}

export interface SessionChannel {
  readonly post: (message: TabMessage) => void
  readonly close: () => void
}

/** Opens the channel of this issuer and client; a browser without BroadcastChannel is silent. */
export function openSessionChannel(
  name: string,
  environment: Environment,
  receive: (message: TabMessage) => void,
): SessionChannel {
  const channel = environment.openChannel(name)
  if (channel === null) return { post: () => undefined, close: () => undefined }
  channel.onmessage = (event: MessageEvent<unknown>) => {
    const message = toTabMessage(event.data)
    if (message !== null) receive(message)
  }
  return { post: (message) => channel.postMessage(message), close: () => channel.close() }
}

/** Any script of this origin can post here, so the shape is checked (RFC 9700 4.17). */
function toTabMessage(data: unknown): TabMessage | null {
  if (typeof data !== 'object' || data === null) return null
  const { kind, id, sub } = data as Record<string, unknown>
  if (kind !== 'signed_out' || typeof id !== 'string') return null
  return sub === null || typeof sub === 'string' ? { kind, id, sub } : null
}
