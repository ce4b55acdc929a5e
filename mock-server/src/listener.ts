import type { Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Server as TlsServer } from 'node:tls'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { answerOrHangUp } from './answer-or-hang-up.js'
import { MockServerError } from './mock-server-error.js'
import { expiredTestCertificate } from './keys/expired-test-certificate.js'
import { isLoopbackHost } from './protocol/loopback-host.js'
import type { RequestHandler } from './request-handler.js'

/** Where to listen. */
export interface ListenOptions {
  /** @default 0, which takes a free port */
  port?: number
  /** A loopback name or address. @default '127.0.0.1' */
  host?: string
  /** Listen although the host is not loopback or `NODE_ENV` is `production`. @default false */
  force?: boolean
  /** Serve HTTPS: a private key and its certificate, in PEM. */
  tls?: { key: string; cert: string }
}

/** An open port. */
export interface Listener {
  /** Such as `http://127.0.0.1:4400`, or `https:` with a certificate. */
  readonly url: string
  readonly port: number
  /** Takes no new request, lets those under way finish for up to 2 seconds, then closes. */
  close(): Promise<void>
}

const closeDeadline = 2_000

/**
 * Opens a port for the handler.
 *
 * @throws MockServerError `production_refused`, `host_refused`, `address_in_use`, `listen_failed`, and
 *   `invalid_option` for a key or certificate that cannot be used
 */
export async function openListener(
  handler: RequestHandler,
  options: ListenOptions,
  isNextExpired: () => boolean = () => false,
): Promise<Listener> {
  const { port = 0, host = '127.0.0.1', force = false, tls } = options
  if (!force) refuseUnsafePlace(host)
  const server = createServer(handler, tls)
  if (tls) chooseCertificates(server as unknown as TlsServer, tls, isNextExpired)
  await listen(server, port, host)
  const address = server.address()
  const boundPort = typeof address === 'object' && address !== null ? address.port : port
  const urlHost = host.includes(':') ? `[${host.replace(/^\[|\]$/g, '')}]` : host
  return {
    url: `${tls ? 'https' : 'http'}://${urlHost}:${boundPort}`,
    port: boundPort,
    close: () => close(server),
  }
}

function refuseUnsafePlace(host: string): void {
  if (process.env['NODE_ENV'] === 'production') {
    throw new MockServerError(
      'production_refused',
      'This is a mock that signs anyone in with public keys: it does not start with NODE_ENV=production (force)',
    )
  }
  if (!isLoopbackHost(host)) {
    throw new MockServerError(
      'host_refused',
      `This is a mock that signs anyone in: it does not listen on ${host}, which others can reach (force)`,
    )
  }
}

function createServer(handler: RequestHandler, tls: ListenOptions['tls']): Server {
  const server = createTlsAwareServer(
    {
      fetch: (request, env) => answerOrHangUp(handler, request, env as HttpBindings),
      // The process's own Request and Response stay what they are.
      overrideGlobalObjects: false,
    },
    tls,
  )
  const httpServer = server as Server
  // A connection that answered its last request while closing would stay open for another.
  httpServer.on('request', (_request, response) => {
    response.once('close', () => {
      if (!httpServer.listening) setImmediate(() => httpServer.closeIdleConnections())
    })
  })
  return httpServer
}

function createTlsAwareServer(
  options: Parameters<typeof createAdaptorServer>[0],
  tls: ListenOptions['tls'],
): ReturnType<typeof createAdaptorServer> {
  if (!tls) return createAdaptorServer(options)
  try {
    return createAdaptorServer({ ...options, createServer: createHttpsServer, serverOptions: tls })
  } catch (cause) {
    throw new MockServerError('invalid_option', 'The key and certificate for HTTPS cannot be used', { cause })
  }
}

/**
 * Chooses the certificate of each handshake when its connection comes, before the server's own listener: a
 * client that connects to an address names no host, so that SNICallback would never be asked.
 */
function chooseCertificates(
  server: TlsServer,
  tls: { key: string; cert: string },
  isNextExpired: () => boolean,
): void {
  let isExpired = false
  server.prependListener('connection', () => {
    const isNext = isNextExpired()
    if (isNext !== isExpired) server.setSecureContext(isNext ? expiredTestCertificate : tls)
    isExpired = isNext
  })
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(toListenError(cause, port, host)))
    server.listen(port, host, resolve)
  })
}

function toListenError(cause: NodeJS.ErrnoException, port: number, host: string): MockServerError {
  if (cause.code === 'EADDRINUSE') {
    const advice = 'stop what uses it, or choose another port'
    return new MockServerError('address_in_use', `Port ${port} on ${host} is taken: ${advice}`, { cause })
  }
  return new MockServerError(
    'listen_failed',
    `Cannot listen on ${host}:${port}: ${cause.code ?? 'unknown'}`,
    {
      cause,
    },
  )
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) {
      resolve()
      return
    }
    const deadline = setTimeout(() => server.closeAllConnections(), closeDeadline)
    server.close(() => {
      clearTimeout(deadline)
      resolve()
    })
    server.closeIdleConnections()
  })
}
