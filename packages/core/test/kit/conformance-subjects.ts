import type { SpatioAuth } from '../../src/client/spatio-auth.js'
import { SpatioAuthError } from '../../src/errors.js'
import type { SpatioAuthEvent } from '../../src/events.js'
import { createTestAuth, type TestAuth, type TestAuthInit } from '../../src/testing/create-test-auth.js'
import { answerEndpoint, forgeIdToken } from './forge.js'
import { ISSUER, World, type Page } from './world.js'

/** A client that shall behave like the other kind, and the hands that move its outside. */
export interface Subject {
  readonly auth: SpatioAuth
  readonly events: readonly SpatioAuthEvent[]
  /** From here on every refresh brings these claims, or fails so. */
  readonly nextRefresh: (change: { readonly name: string } | 'session_expired' | 'offline') => void
  readonly advance: (ms: number) => Promise<void>
  readonly signOutElsewhere: () => Promise<void>
  /** What `auth.fetch` sent to the API. */
  readonly sent: readonly Request[]
}

/** One of the two kinds: the client of apps, and the client of their tests. */
export interface SubjectKind {
  readonly title: string
  readonly loading: () => Subject
  readonly signedOut: () => Promise<Subject>
  readonly signedIn: () => Promise<Subject>
  readonly failed: () => Promise<Subject>
}

export const REAL: SubjectKind = {
  title: 'the real client',
  loading: () => toRealSubject(new World(), new World().page()),
  signedOut: async () => {
    const world = new World()
    const page = world.page()
    await page.auth.ready()
    return toRealSubject(world, page)
  },
  signedIn: async () => {
    const world = new World({ storage: 'local' })
    return toRealSubject(world, await world.signIn())
  },
  failed: async () => {
    const world = new World()
    return toRealSubject(world, await world.reload(world.browser.open(), '/?code=x&state=sp1.forged'))
  },
}

const MIRA = { name: 'Mira Okafor' }

export const TEST: SubjectKind = {
  title: 'createTestAuth',
  loading: () => toTestSubject({ status: 'loading' }),
  signedOut: async () => toTestSubject({ status: 'unauthenticated' }),
  signedIn: async () => toTestSubject({ user: MIRA }),
  failed: async () => toTestSubject({ error: 'state_mismatch' }),
}

function toRealSubject(world: World, page: Page): Subject {
  const sent: Request[] = []
  world.intercepts.push((request) => {
    if (!request.url.includes('/v1/')) return undefined
    sent.push(request)
    return Promise.resolve(new Response(null, { status: 204 }))
  })
  return {
    auth: page.auth,
    events: page.events,
    sent,
    nextRefresh: (change) => {
      if (change === 'offline') world.isOffline = true
      else if (change === 'session_expired')
        world.intercepts.push(
          answerEndpoint('/oauth2/token', () => Response.json({ error: 'invalid_grant' }, { status: 400 })),
        )
      else world.intercepts.push(forgeIdToken({ claims: (claims) => ({ ...claims, ...change }) }))
    },
    advance: async (ms) => {
      await world.clock.advance(ms)
      await world.settled(() => !page.auth.getActivity().isRefreshing)
    },
    signOutElsewhere: async () => {
      const other = world.page()
      await other.auth.ready()
      await other.auth.signOut()
      await world.settled(() => !page.auth.getSnapshot().isAuthenticated)
    },
  }
}

function toTestSubject(init: TestAuthInit): Subject {
  const sent: Request[] = []
  const auth = createTestAuth(init, {
    issuer: ISSUER,
    fetch: async (input, request) => {
      sent.push(new Request(input, request))
      return new Response(null, { status: 204 })
    },
  })
  const events: SpatioAuthEvent[] = []
  auth.on('*', (event) => events.push(event))
  return {
    auth,
    events,
    sent,
    nextRefresh: (change) => changeNextRefresh(auth, change),
    advance: async (ms) => auth.tick(ms),
    signOutElsewhere: async () => auth.signOutAs('signed-out-elsewhere'),
  }
}

function changeNextRefresh(auth: TestAuth, change: Parameters<Subject['nextRefresh']>[0]): void {
  const fail = { session_expired: 'session_expired', offline: 'refresh_transient' } as const
  if (typeof change === 'object')
    return auth.onToken(({ count }) => ({ accessToken: `tok_${count}`, user: change }))
  auth.onToken(() => {
    throw new SpatioAuthError(fail[change], { phase: 'refresh', retryable: change === 'offline' })
  })
}
