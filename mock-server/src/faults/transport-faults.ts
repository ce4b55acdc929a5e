import { readBytes } from '../pipeline/answer.js'
import { createFault, createTunableFault, type Fault, type FaultFacts, type NoParameters } from './fault.js'
import { createOfflineError, type NetworkEngine } from './transport-error.js'

/** Faults in the connection, for any endpoint. */
export interface TransportFaults {
  /** `ms`: milliseconds between the work and the answer. */
  'transport.delay': Fault<'transport', { ms: number }>
  'transport.hang': Fault<'transport', NoParameters>
  /** `engine`: in whose words an in-process `fetch` rejects. Nothing has reached the authority. */
  'transport.offline': Fault<'request', { engine: NetworkEngine }>
  /** As `transport.offline`, but the work is done and only the answer is lost. */
  'transport.drop-before-headers': Fault<'transport', { engine: NetworkEngine }>
  /** The answer begins and ends in the middle. */
  'transport.drop-mid-body': Fault<'transport', NoParameters>
  /** `ms`: milliseconds between two bytes. */
  'transport.slow-body': Fault<'transport', { ms: number }>
  /** As `transport.offline`, because the name of the host is unknown. */
  'transport.dns': Fault<'request', { engine: NetworkEngine }>
}

const keep: Pick<FaultFacts, 'expect' | 'budget'> = { expect: 'keep-session', budget: 3 }
const engine: { engine: NetworkEngine } = { engine: 'undici' }

/** What is wrong between the two. */
export const transportFaults: TransportFaults = {
  'transport.delay': createTunableFault(
    'transport',
    {},
    { summary: 'a late answer', spec: 'design', ...keep },
    { ms: 1_000 },
    async (answer, { parameters, exchange, authority }) => {
      await authority.wait(parameters.ms, exchange.request.signal)
      return answer
    },
  ),
  'transport.hang': createFault(
    'transport',
    {},
    { summary: 'no answer, ever', spec: 'design', case: 'TOK-16', needs: 'port', ...keep },
    (_answer, { exchange }) => waitForAbort(exchange.request.signal),
  ),
  'transport.offline': createTunableFault(
    'request',
    {},
    { summary: 'no network', spec: 'design', case: 'REF-10', ...keep },
    engine,
    (_request, { parameters }) => Promise.reject(createOfflineError(parameters.engine)),
  ),
  'transport.drop-before-headers': createTunableFault(
    'transport',
    {},
    {
      summary: 'the work is done, and the connection ends without an answer',
      spec: 'design',
      case: 'CB-33',
      needs: 'port',
      ...keep,
    },
    engine,
    (_answer, { parameters }) => Promise.reject(createOfflineError(parameters.engine)),
  ),
  'transport.drop-mid-body': createFault(
    'transport',
    {},
    {
      summary: 'half an answer, then the connection ends',
      spec: 'design',
      case: 'CB-33',
      needs: 'port',
      ...keep,
    },
    async (answer, { exchange, authority }) => {
      const bytes = await readBytes(answer)
      // The port adapter reads ahead: only a later end comes after the headers have gone out.
      const pause = (): Promise<void> => authority.wait(20, exchange.request.signal)
      return { ...answer, body: cutBody(bytes, pause) }
    },
  ),
  'transport.slow-body': createTunableFault(
    'transport',
    {},
    { summary: 'an answer byte by byte', spec: 'design', case: 'TOK-16', needs: 'port', ...keep },
    { ms: 1_000 },
    async (answer, { parameters, exchange, authority }) => {
      const bytes = await readBytes(answer)
      const pause = (): Promise<void> => authority.wait(parameters.ms, exchange.request.signal)
      return { ...answer, body: dripBody(bytes, pause) }
    },
  ),
  'transport.dns': createTunableFault(
    'request',
    {},
    { summary: 'the host is unknown', spec: 'design', case: 'REF-10', ...keep },
    engine,
    (_request, { parameters }) => Promise.reject(createOfflineError(parameters.engine, 'ENOTFOUND')),
  ),
}

function cutBody(bytes: Uint8Array, pause: () => Promise<void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(bytes.slice(0, bytes.length / 2))
    },
    pull: async (controller) => {
      await pause()
      controller.error(new TypeError('terminated'))
    },
  })
}

function dripBody(bytes: Uint8Array, pause: () => Promise<void>): ReadableStream<Uint8Array> {
  let position = 0
  return new ReadableStream({
    pull: async (controller) => {
      if (position === bytes.length) {
        controller.close()
        return
      }
      await pause()
      controller.enqueue(bytes.slice(position, position + 1))
      position += 1
    },
  })
}

/** Never ends well: rejects with the signal's reason when the client gives up. */
export function waitForAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => reject(signal.reason instanceof Error ? signal.reason : createOfflineError())
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail, { once: true })
  })
}
