/** Which engine's words a lost connection has. */
export type NetworkEngine = 'undici' | 'chromium' | 'webkit'

const messages: Readonly<Record<NetworkEngine, string>> = {
  undici: 'fetch failed',
  chromium: 'Failed to fetch',
  webkit: 'Load failed',
}

/**
 * A connection that gives no answer. In process it is what the engine's `fetch` would reject with; on a real
 * port the listener destroys the socket instead.
 */
export class TransportError extends TypeError {
  /** A reset is not a clean end: the other side sees ECONNRESET. */
  readonly isReset: boolean

  constructor(message: string, code: string) {
    super(message, { cause: Object.assign(new Error(code), { code }) })
    this.isReset = code === 'ECONNRESET'
  }
}

/** What `fetch` rejects with when there is no network. */
export function createOfflineError(engine: NetworkEngine = 'undici', code = 'ECONNREFUSED'): TransportError {
  return new TransportError(messages[engine], code)
}
