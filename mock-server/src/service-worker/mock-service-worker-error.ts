/** Why a page has no mock in its service worker. */
export type MockServiceWorkerErrorCode = 'unsupported' | 'script_failed' | 'not_controlled'

/**
 * A service worker that does not serve this page.
 *
 * - `unsupported`: there are no service workers here (not https and not loopback, or a private window)
 * - `script_failed`: the script could not be loaded or failed at its start; `cause` is the browser's reason
 * - `not_controlled`: the page is not in the worker's scope, or the worker did not take it over in time
 */
export class MockServiceWorkerError extends Error {
  readonly code: MockServiceWorkerErrorCode

  constructor(code: MockServiceWorkerErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'MockServiceWorkerError'
    this.code = code
  }
}
