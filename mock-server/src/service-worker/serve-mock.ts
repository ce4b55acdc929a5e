import { createCookieJar, type CookieJar } from '../cookie-jar.js'
import { createMockServer } from '../create-mock-server.js'
import type { MockServer } from '../mock-server.js'
import { MockServerError } from '../mock-server-error.js'
import type { MockState } from '../state/mock-state.js'
import { openWorkerMemory, type WorkerMemoryStore } from './worker-memory.js'
import { claimMessage, toWorkerIssuer, type WorkerMockOptions } from './worker-options.js'
import type { WorkerScope } from './worker-scope.js'

interface Running {
  mock: MockServer
  cookies: CookieJar
}

/**
 * Lets a service worker be the authority of a static site: everything below `/__spatio` (the `path` option) in its
 * scope is answered by a mock, everything else passes through. Call it once, at the top of the worker's script:
 *
 * `serveMock(self, { users: [{ sub: 'u1', name: 'Ada' }] })`
 *
 * The browser stops a worker whenever it likes, so state lives in IndexedDB and is there before an answer leaves.
 * A worker's answer cannot set a cookie: who is signed in, and in which browser a consent page was shown, is kept
 * there as well, and the decision is still bound to the signed request by its token.
 *
 * @param scope the worker's `self`
 */
export function serveMock(scope: WorkerScope, options: WorkerMockOptions = {}): void {
  const issuer = toWorkerIssuer(scope.registration.scope, options.path)
  const memory = openWorkerMemory(issuer)
  let running: Promise<Running> | undefined
  scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()))
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))
  scope.addEventListener('message', (event) => {
    if (event.data === claimMessage) event.waitUntil(scope.clients.claim())
  })
  scope.addEventListener('fetch', (event) => {
    if (!event.request.url.startsWith(`${issuer}/`)) return
    running ??= start(scope, issuer, memory, options)
    event.respondWith(answer(running, memory, event.request))
  })
}

async function start(
  scope: WorkerScope,
  issuer: string,
  memory: WorkerMemoryStore,
  { path: _path, clientId = 'demo-app', redirectPaths = ['/'], ...options }: WorkerMockOptions,
): Promise<Running> {
  const kept = await memory.load()
  const redirectUris = redirectPaths.map((path) => new URL(`.${path}`, scope.registration.scope).href)
  const create = (state?: MockState): MockServer =>
    createMockServer({
      ...options,
      issuer,
      clients: [{ client_id: clientId, redirect_uris: redirectUris }, ...(options.clients ?? [])],
      ...(state ? { state } : {}),
    })
  try {
    return { mock: create(kept?.state), cookies: createCookieJar(kept?.cookies) }
  } catch (error) {
    // What a version before this one has kept is a demo's state: it is let go.
    if (!(error instanceof MockServerError) || error.code !== 'invalid_state') throw error
    return { mock: create(), cookies: createCookieJar() }
  }
}

async function answer(
  running: Promise<Running>,
  memory: WorkerMemoryStore,
  request: Request,
): Promise<Response> {
  const { mock, cookies } = await running
  const response = await mock.fetch(request, { cookies }).catch(() => Response.error())
  // Before the page sees it: a code it holds must be known to the worker that is asked for its tokens.
  await memory.save({ state: mock.saveState(), cookies: cookies.list() })
  return response
}
