import type { Environment } from '../environment.js'
import type { ResolvedOptions } from '../options.js'
import type { SessionStore } from './session-store.js'
import { parseSession, type Session } from './session.js'

/** How long a copied tab waits for the one that went on (ms). */
const ANSWER_TIMEOUT = 1000
/** Older copies than this many refreshes are not served. */
const MOST_KEYS = 32

/**
 * A duplicated tab starts with a copy of the session, and the first of the two to refresh spends the refresh
 * token of both. The one that went on hands the new token set to the other, sealed under a key that only a
 * holder of the replaced refresh token can derive: it never crosses the channel in the clear.
 */
export interface HandOver {
  /** Keeps the key of a refresh token that is about to be replaced; the token itself is forgotten. */
  readonly remember: (replaced: Session) => Promise<void>
  /** Asks the tab that went on; null when nobody answers in a second. */
  readonly request: (copy: Session) => Promise<Session | null>
}

interface HandOverContext {
  readonly options: ResolvedOptions
  readonly environment: Environment
  readonly store: SessionStore
}

export function createHandOver({ options, environment, store }: HandOverContext): HandOver {
  const keys = new Map<number, CryptoKey>()
  const { subtle } = environment.crypto

  store.onTabMessage((message) => {
    if (message.kind !== 'hand_over_request') return
    const { id, revision } = message
    const session = store.current()
    const key = keys.get(revision)
    if (session?.id !== id || key === undefined) return
    const iv = environment.crypto.getRandomValues(new Uint8Array(12))
    const text = new TextEncoder().encode(JSON.stringify(session))
    void subtle
      .encrypt({ name: 'AES-GCM', iv }, key, text)
      .then((sealed) => store.postTabMessage({ kind: 'hand_over', id, revision, iv, sealed }))
  })

  return {
    remember: async (replaced) => {
      keys.set(replaced.revision, await deriveKey(subtle, replaced))
      for (const oldest of [...keys.keys()].slice(0, -MOST_KEYS)) keys.delete(oldest)
    },
    request: async (copy) => {
      const key = await deriveKey(subtle, copy)
      const answer = await waitForAnswer(environment, store, copy)
      if (answer === null) return null
      const opened = await subtle
        .decrypt({ name: 'AES-GCM', iv: answer.iv }, key, answer.sealed)
        .catch(() => null)
      const handed = parseSession(opened && new TextDecoder().decode(opened), options)
      if (handed === null || handed === 'corrupt' || handed.id !== copy.id) return null
      return handed.revision > copy.revision ? handed : null
    },
  }
}

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly sealed: ArrayBuffer
}

function waitForAnswer(
  environment: Environment,
  store: SessionStore,
  { id, revision }: Session,
): Promise<Sealed | null> {
  return new Promise((resolve) => {
    const finish = (answer: Sealed | null): void => {
      cancel()
      stop()
      resolve(answer)
    }
    const cancel = environment.setTimer(() => finish(null), ANSWER_TIMEOUT)
    const stop = store.onTabMessage((message) => {
      if (message.kind === 'hand_over' && message.id === id && message.revision === revision) finish(message)
    })
    store.postTabMessage({ kind: 'hand_over_request', id, revision })
  })
}

/** HKDF (RFC 5869) from the refresh token, bound to the session; the key cannot be exported. */
async function deriveKey(subtle: SubtleCrypto, { id, refreshToken }: Session): Promise<CryptoKey> {
  const encode = (text: string) => new TextEncoder().encode(text)
  const secret = await subtle.importKey('raw', encode(refreshToken ?? ''), 'HKDF', false, ['deriveKey'])
  const derivation = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: encode(id),
    info: encode('spatio.auth hand-over'),
  }
  return subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}
