import { MockServiceWorkerError } from './mock-service-worker-error.js'
import { claimMessage, optionsParameter, toWorkerIssuer, type WorkerJsonOptions } from './worker-options.js'

export { MockServiceWorkerError, type MockServiceWorkerErrorCode } from './mock-service-worker-error.js'
export type { WorkerJsonOptions } from './worker-options.js'

/** Where the worker's script is, and what its mock is told. */
export interface RegisterMockServiceWorkerInit {
  /** The script, on the page's origin; relative to the page. Its folder is the scope, unless `scope` narrows it. */
  scriptUrl: string | URL
  /** Passed to `navigator.serviceWorker.register`. */
  scope?: string
  /** `module` for a worker of your own that is not bundled. @default 'classic' */
  type?: WorkerType
  /** For the shipped script. A worker of your own hands its options to `serveMock` and leaves this out. */
  options?: WorkerJsonOptions
  /** Milliseconds to wait until the worker serves the page. @default 10000 */
  timeout?: number
}

/** A mock authority in the page's service worker. */
export interface MockServiceWorker {
  /** For the client's `issuer` option. */
  readonly issuer: string
  readonly registration: ServiceWorkerRegistration
}

/**
 * Registers the worker and waits until it serves this page, so that the first request after it finds the mock.
 * Call it before the client is made, on every page load.
 *
 * @throws MockServiceWorkerError `unsupported`, `script_failed`, `not_controlled`
 */
export async function registerMockServiceWorker(
  init: RegisterMockServiceWorkerInit,
): Promise<MockServiceWorker> {
  const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
  if (!container) {
    throw new MockServiceWorkerError(
      'unsupported',
      'No service workers here: use https, or http on localhost',
    )
  }
  const scriptUrl = toScriptUrl(init)
  const registration = await register(container, scriptUrl, init)
  await waitForController(container, registration, scriptUrl, init.timeout ?? 10_000)
  return { issuer: toWorkerIssuer(registration.scope, init.options?.path), registration }
}

function toScriptUrl({ scriptUrl, options }: RegisterMockServiceWorkerInit): URL {
  const url = new URL(scriptUrl, location.href)
  if (options) url.searchParams.set(optionsParameter, JSON.stringify(options))
  return url
}

async function register(
  container: ServiceWorkerContainer,
  scriptUrl: URL,
  { scope, type = 'classic' }: RegisterMockServiceWorkerInit,
): Promise<ServiceWorkerRegistration> {
  try {
    return await container.register(scriptUrl, { type, ...(scope === undefined ? {} : { scope }) })
  } catch (cause) {
    throw new MockServiceWorkerError('script_failed', `${scriptUrl.pathname} cannot be registered`, { cause })
  }
}

/** The first load is not controlled until the worker claims it, and a forced reload never is unless it asks. */
function waitForController(
  container: ServiceWorkerContainer,
  registration: ServiceWorkerRegistration,
  scriptUrl: URL,
  timeout: number,
): Promise<void> {
  const isServed = (): boolean => container.controller?.scriptURL === scriptUrl.href
  if (isServed()) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const check = (): void => {
      if (isServed()) end(resolve)
    }
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      container.removeEventListener('controllerchange', check)
      settle()
    }
    const timer = setTimeout(() => {
      const message = `The worker of ${registration.scope} does not serve ${location.pathname}: is the page in its scope?`
      end(() => reject(new MockServiceWorkerError('not_controlled', message)))
    }, timeout)
    container.addEventListener('controllerchange', check)
    void container.ready.then(({ active }) => active?.postMessage(claimMessage))
  })
}
