import { http, HttpResponse, type HttpHandler } from 'msw'
import type { MockServer } from '../mock-server.js'

/**
 * Handlers for Mock Service Worker that let a mock answer whatever is sent to its issuer: `setupServer` of
 * `msw/node`, `setupWorker` of `msw/browser`. A fault that loses the connection is a network error there too.
 *
 * They are for requests a script sends. A browser's own way to `/oauth2/authorize` and back is a navigation,
 * which MSW does not see: use `mock.browser()` in Node, and the service worker or the Vite plugin in a browser.
 *
 * @param mock its `issuer` is read at each request, so `listen()` may come later
 */
export function spatioMockHandlers(mock: Pick<MockServer, 'fetch' | 'issuer'>): HttpHandler[] {
  const isOurs = ({ request }: { request: Request }): boolean =>
    request.url.startsWith(`${mock.issuer}/`) || request.url === mock.issuer
  return [http.all(isOurs, async ({ request }) => answer(mock, request))]
}

async function answer(mock: Pick<MockServer, 'fetch'>, request: Request): Promise<Response> {
  try {
    return await mock.fetch(request)
  } catch {
    // Only a transport fault is thrown: everything else the mock answers.
    return HttpResponse.error()
  }
}
