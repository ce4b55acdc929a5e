import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { Plugin, PreviewServer, ViteDevServer } from 'vite'
import { answerOrHangUp } from '../answer-or-hang-up.js'
import { MockServerError } from '../mock-server-error.js'
import type { MockServerOptions } from '../mock-server-options.js'
import { createNodeMockServer, type NodeMockServer } from '../node-mock-server.js'

/** What the plugin can be told: everything a mock can, except its issuer, which is where Vite serves. */
export interface SpatioMockPluginOptions extends Omit<MockServerOptions, 'issuer'> {
  /** Where the mock is, below Vite's `base`. @default '/__spatio' */
  path?: string
  /** The app's client_id. @default 'demo-app' */
  clientId?: string
  /** Where the app takes its callback, below Vite's `base`; the first ones its client registers. @default ['/'] */
  redirectPaths?: readonly string[]
  /** Is handed the mock once the server listens: for faults, the clock, the request log. */
  onStart?: (mock: NodeMockServer) => void
}

type Server = Pick<ViteDevServer | PreviewServer, 'resolvedUrls' | 'config' | 'middlewares'>
type Next = (error?: unknown) => void
type Listener = ReturnType<typeof getRequestListener>

/**
 * Mounts a mock in `vite dev` and `vite preview`, on the app's own origin: its issuer is the server's URL with
 * `/__spatio` (the `path` option) behind it, and the app's redirect URIs are registered. A build is not touched.
 *
 * Why the same port: the authority's cookies are first-party whatever the browser blocks, nothing depends on
 * CORS, and it works where only one port is reachable (containers, web editors) and with Vite's own HTTPS. The
 * price is that a missing CORS header or a blocked third-party cookie cannot show. To see those, open a port of
 * its own with `mock.listen()`, on `127.0.0.1` while the app is on `localhost`: two origins, two sites.
 *
 * The mock answers on the URL that Vite prints first; a request by another name (`127.0.0.1` for `localhost`, an
 * address of the network) gets a 421 that says where to go, because its issuer would not be the page's.
 */
export function spatioMockServer(options: SpatioMockPluginOptions = {}): Plugin {
  return {
    name: 'spatio-mock-server',
    configureServer: (server) => mount(server, options),
    configurePreviewServer: (server) => mount(server, options),
  }
}

function mount(server: Server, options: SpatioMockPluginOptions): void {
  const path = toIssuerPath(server.config.base, options.path ?? '/__spatio')
  let started: { issuer: URL; listener: Listener } | undefined
  const handle = (request: IncomingMessage, response: ServerResponse, next: Next): void => {
    if (!isBelow(path, request.url ?? '')) return next()
    try {
      // Only a listening server knows its URL, and only a listening server is asked.
      started ??= start(server, path, options)
    } catch (error) {
      return next(error)
    }
    const host = request.headers.host ?? request.headers[':authority']
    if (host !== started.issuer.host) return refuseHost(response, started.issuer)
    void started.listener(request, response)
  }
  // First of all: Vite's own CORS would open the authority to every page on loopback.
  server.middlewares.stack.unshift({ route: '', handle })
}

function start(
  server: Server,
  path: string,
  { clientId = 'demo-app', redirectPaths = ['/'], onStart, path: _path, ...options }: SpatioMockPluginOptions,
): { issuer: URL; listener: Listener } {
  const [appUrl] = server.resolvedUrls?.local ?? []
  if (appUrl === undefined) {
    const advice =
      'Vite serves on no loopback address, and this mock signs anyone in: set server.host to localhost'
    throw new MockServerError('host_refused', advice)
  }
  const issuer = new URL(path, appUrl)
  const redirectUris = redirectPaths.map((redirectPath) => new URL(`.${redirectPath}`, appUrl).href)
  const app = { client_id: clientId, redirect_uris: redirectUris }
  const mock = createNodeMockServer({
    ...options,
    issuer: issuer.href,
    clients: [app, ...(options.clients ?? [])],
  })
  onStart?.(mock)
  const listener = getRequestListener(
    (request, env) => answerOrHangUp(mock.fetch, request, env as HttpBindings),
    { overrideGlobalObjects: false },
  )
  return { issuer, listener }
}

/** `base` may be a path, a whole URL, or `./`. */
function toIssuerPath(base: string, path: string): string {
  const { pathname } = new URL(base, 'http://localhost/')
  return `${pathname.replace(/\/$/, '')}/${path.replace(/^\/|\/$/g, '')}`
}

function isBelow(path: string, url: string): boolean {
  return url.startsWith(path) && /^(?:[/?]|$)/.test(url.slice(path.length))
}

function refuseHost(response: ServerResponse, issuer: URL): void {
  response.writeHead(421, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`The mock Spatio authority is ${issuer.href}. Open the app at ${issuer.origin}.\n`)
}
