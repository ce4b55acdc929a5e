import type { SpatioAuthError } from '../errors.js'
import { relayChannelName, TAKEN } from '../relay-channel.js'
import type { ClientContext } from './client-context.js'

/** Characters of a message that can be an answer; a code has no fixed length (OAuth 2.1 4.1.2). */
const LONGEST_QUERY = 65_536

export interface RelayWait {
  readonly state: string
  /** The window the answer must come from. */
  readonly source: unknown
  /** ms */
  readonly timeout: number
  readonly toLateError: () => SpatioAuthError
  /** Its reason is the error. */
  readonly signal: AbortSignal
  /** Looks after the window, and ends the wait when it is gone. @returns what stops it */
  readonly watch: (end: (error: SpatioAuthError) => void) => () => void
}

/** The query that the relay page hands over, or the error that ended the wait; nothing listens afterwards. */
export function waitForRelayedResponse(
  context: Pick<ClientContext, 'environment'>,
  wait: RelayWait,
): Promise<string> {
  const { signal } = wait
  let close: () => void = () => undefined
  const answer = new Promise<string>((resolve, reject) => {
    const abort = () => reject(signal.reason as SpatioAuthError)
    const stops = [
      listenForRelay(context, wait, resolve),
      context.environment.setTimer(() => reject(wait.toLateError()), wait.timeout),
      wait.watch(reject),
      () => signal.removeEventListener('abort', abort),
    ]
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
    close = () => {
      for (const stop of stops) stop()
    }
  })
  return answer.finally(() => close())
}

function listenForRelay(
  { environment }: Pick<ClientContext, 'environment'>,
  { state, source }: RelayWait,
  receive: (query: string) => void,
): () => void {
  const channel = environment.openChannel(relayChannelName(state))
  const take = (data: unknown): void => {
    const query = readQuery(data, state)
    if (query === null) return
    channel?.postMessage(TAKEN)
    receive(query)
  }
  if (channel !== null) channel.onmessage = ({ data }: MessageEvent<unknown>) => take(data)
  const unlisten = environment.listen('message', (event) => {
    const { origin, source: sender, data } = event as MessageEvent<unknown>
    // Exactly our page in exactly our window: anybody can post here (CVE-2017-17068, RFC 9700 4.17).
    if (origin === environment.location.origin && sender === source) take(data)
  })
  return () => {
    unlisten()
    channel?.close()
  }
}

/** The query of our state in a message; null for anything else, however strange. */
function readQuery(data: unknown, state: string): string | null {
  try {
    const { query } = data as { readonly query?: unknown }
    if (typeof query !== 'string' || query.length > LONGEST_QUERY) return null
    return new URLSearchParams(query).get('state') === state ? query : null
  } catch {
    return null
  }
}
