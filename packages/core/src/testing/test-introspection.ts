import type { Introspection } from '../introspection.js'
import type { User } from '../session/auth-state.js'
import type { TestClient } from './test-client.js'
import { toTestError } from './test-error.js'

/** What userinfo would say: the user as the session has them. */
export function testUserInfo({ view }: TestClient): User {
  const { user } = view.state.get()
  if (user === null) throw toTestError('not_authenticated')
  return user
}

/** What the authority would say: only the token of the session is live. */
export function testIntrospection(client: TestClient, token: string | undefined): Introspection {
  const session = client.current()
  if (token === undefined && session === null) throw toTestError('not_authenticated')
  if (session === null || (token ?? session.accessToken) !== session.accessToken || client.remaining() === 0)
    return { active: false }
  const { clientId, scope, receivedAt, expiresIn } = session
  return {
    active: true,
    tokenType: 'oauth',
    clientId,
    userId: testUserInfo(client).sub,
    workspaceId: null,
    scopes: scope.split(' '),
    expiresAt: expiresIn === null ? null : receivedAt + expiresIn * 1000,
  }
}
