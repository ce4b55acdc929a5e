import type { Environment } from '../environment.js'

/** What tabs tell each other beside the storage event. No token ever in the clear; `id` names a session. */
export type TabMessage =
  /** `sub`: the user who signed out, in every tab; null when only this session ended. */
  | { readonly kind: 'signed_out'; readonly id: string; readonly sub: string | null }
  /** A copied tab asks the one that went on; `revision` is what it has. */
  | { readonly kind: 'hand_over_request'; readonly id: string; readonly revision: number }
  /** The session, sealed for whoever holds the refresh token of `revision`. */
  | {
      readonly kind: 'hand_over'
      readonly id: string
      readonly revision: number
      readonly iv: Uint8Array<ArrayBuffer>
      readonly sealed: ArrayBuffer
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
  const { kind, id, sub, revision, iv, sealed } = data as Record<string, unknown>
  if (typeof id !== 'string') return null
  if (kind === 'signed_out') return sub === null || typeof sub === 'string' ? { kind, id, sub } : null
  if (typeof revision !== 'number') return null
  if (kind === 'hand_over_request') return { kind, id, revision }
  if (kind !== 'hand_over' || !(iv instanceof Uint8Array) || !(sealed instanceof ArrayBuffer)) return null
  return { kind, id, revision, iv: new Uint8Array(iv), sealed }
}
