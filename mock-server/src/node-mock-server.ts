import { openListener, type Listener, type ListenOptions } from './listener.js'
import { createMockServer } from './create-mock-server.js'
import type { IssuerOptions, MockServer } from './mock-server.js'
import type { MockServerOptions } from './mock-server-options.js'
import { createVirtualBrowser, type VirtualBrowser } from './virtual-browser/virtual-browser.js'

/** A Spatio authority to test against, with what only Node can: a port of its own, and a browser without one. */
export interface NodeMockServer extends MockServer {
  /** Answers on a port as well. See `ListenOptions` for what it refuses. Sets `issuer` unless the option did. */
  readonly listen: (options?: ListenOptions) => Promise<Listener>
  /** A new browser with no cookies, which visits this mock without a socket. */
  readonly browser: () => VirtualBrowser
  /** As documented of `MockServer`; it answers on the ports of this one. */
  readonly issuerFor: (name: string, options?: IssuerOptions) => MockServer & Pick<NodeMockServer, 'browser'>
}

/**
 * A mock of the Spatio authority.
 *
 * @throws MockServerError `invalid_option`
 */
export function createNodeMockServer(options: MockServerOptions = {}): NodeMockServer {
  const mock = createMockServer(options)
  const { issuerFor } = mock
  return Object.assign(mock, {
    listen: async (listenOptions: ListenOptions = {}) => {
      const listener = await openListener(mock.fetch, listenOptions, mock.takeExpiredHandshake)
      mock.moveTo(listener.url)
      return listener
    },
    browser: () => createVirtualBrowser(mock),
    issuerFor: (name: string, issuerOptions?: IssuerOptions) => {
      const issuer = issuerFor(name, issuerOptions)
      return Object.assign(issuer, { browser: () => createVirtualBrowser(issuer) })
    },
  })
}
