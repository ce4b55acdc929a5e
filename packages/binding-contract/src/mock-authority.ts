import { createSpatioAuth, type SpatioAuth, type SpatioAuthOptions } from '@spatio-labs/auth'
import { createMockServer, type MockServer } from '@spatio-labs/mock-server'
import { vi } from 'vitest'

const CLIENT_ID = 'binding-test'

/** The real mock-server, in this process, and real clients that talk to it. */
export interface MockAuthority {
  readonly mock: MockServer
  readonly createClient: (options?: Partial<SpatioAuthOptions>) => SpatioAuth
  /** Goes the user's way to the authority and puts the callback into the address bar. */
  readonly visit: (auth: SpatioAuth) => Promise<void>
  /** How many token requests of a grant the authority has seen. */
  readonly tokenRequests: (grant: 'authorization_code' | 'refresh_token') => number
}

export function createMockAuthority(): MockAuthority {
  const redirectUri = new URL('/', location.origin).href
  const mock = createMockServer({
    autoConsent: true,
    clients: [{ client_id: CLIENT_ID, redirect_uris: [redirectUri] }],
  })
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    // The clock is measured at the page's own origin.
    if (new URL(request.url).origin === location.origin) {
      return new Response(null, { headers: { date: new Date().toUTCString() } })
    }
    return mock.fetch(request)
  }
  return {
    mock,
    createClient: (options) =>
      createSpatioAuth({ clientId: CLIENT_ID, issuer: mock.issuer, fetch: send, ...options }),
    visit: (auth) => visit(auth, mock),
    tokenRequests: (grant) =>
      mock.requests({ endpoint: 'token' }).filter((seen) => seen.grant === grant).length,
  }
}

async function visit(auth: SpatioAuth, mock: MockServer): Promise<void> {
  const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
  void auth.signIn().catch(() => undefined)
  await vi.waitFor(() => expectCalled(assign.mock.calls), { timeout: 10_000 })
  const [url] = assign.mock.calls[0] ?? []
  assign.mockRestore()
  const answer = await mock.fetch(new Request(String(url)))
  const callback = answer.headers.get('location')
  if (callback === null) throw new Error(`The mock answered ${answer.status} instead of a redirect`)
  auth.dispose()
  history.replaceState(null, '', callback)
}

function expectCalled(calls: readonly unknown[]): void {
  if (calls.length === 0) throw new Error('The page was not told to leave')
}
