import { readBytes } from '../pipeline/answer.js'
import { createFault, createTunableFault, type Fault, type FaultFacts, type NoParameters } from './fault.js'
import { createOfflineError } from './transport-error.js'
import { waitForAbort } from './transport-faults.js'

/** Faults that show whole only on a real port; in process they are as near as a `Response` can be. */
export interface PortFaults {
  /** `bytes`: the length of the one header that is too long. */
  'http.huge-header': Fault<'transport', { bytes: number }>
  /** The work is done, and the connection is reset (RST) instead of answered. */
  'transport.reset': Fault<'transport', NoParameters>
  /** `bytes`: how many more are promised than come. The body never ends. */
  'transport.content-length-too-long': Fault<'transport', { bytes: number }>
  /**
   * The certificate has expired, so that no request is ever sent. On an HTTPS port the next handshake shows
   * `expiredTestCertificate`, unless it is matched by what only a request has, or a kept connection meets it
   * first: then the connection ends, as it does without TLS.
   */
  'transport.tls-expired': Fault<'request', NoParameters>
}

const keep: Pick<FaultFacts, 'expect' | 'budget' | 'needs'> = {
  expect: 'keep-session',
  budget: 3,
  needs: 'port',
}

/** What is wrong on the wire. */
export const portFaults: PortFaults = {
  'http.huge-header': createTunableFault(
    'transport',
    {},
    { summary: 'a header longer than any client takes', spec: 'RFC 9110 5.4', ...keep },
    { bytes: 500_000 },
    (answer, { parameters }) => {
      answer.headers.set('X-Padding', 'x'.repeat(parameters.bytes))
      return answer
    },
  ),
  'transport.reset': createFault(
    'transport',
    {},
    {
      summary: 'the work is done, and the connection is reset',
      spec: 'RFC 9293 3.5',
      case: 'CB-33',
      ...keep,
    },
    () => Promise.reject(createOfflineError('undici', 'ECONNRESET')),
  ),
  'transport.content-length-too-long': createTunableFault(
    'transport',
    {},
    {
      summary: 'more bytes are promised than come, and the client waits for them',
      spec: 'RFC 9112 6.3',
      case: 'TOK-16',
      ...keep,
    },
    { bytes: 100 },
    async (answer, { parameters, exchange }) => {
      const bytes = await readBytes(answer)
      answer.headers.set('Content-Length', String(bytes.length + parameters.bytes))
      return { ...answer, body: endlessBody(bytes, exchange.request.signal) }
    },
  ),
  'transport.tls-expired': createFault(
    'request',
    {},
    { summary: 'the certificate has expired', spec: 'RFC 5280 4.1.2.5', case: 'REF-10', ...keep },
    () => Promise.reject(createOfflineError('undici', 'CERT_HAS_EXPIRED')),
  ),
}

/** All of the bytes, and no end until the client gives up. */
function endlessBody(bytes: Uint8Array, signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(bytes),
    pull: async (controller) => {
      await waitForAbort(signal).catch((error: unknown) => controller.error(error))
    },
  })
}
