import type { SpatioAuth } from '@spatio-labs/auth'

/**
 * Runs a request that needs a scope. Where the user has not granted it, a popup asks for it first, the page stays as
 * it is, and the paused request goes out afterwards. Call it directly in a click handler: what is granted is read
 * from the snapshot, because a popup that opens after an `await` is blocked.
 * @throws SpatioAuthError as `signIn` and the request do
 */
export async function withScope<Result>(
  auth: Pick<SpatioAuth, 'getSnapshot' | 'signIn'>,
  scope: string,
  request: () => Promise<Result>,
): Promise<Result> {
  const { scopes } = auth.getSnapshot()
  if (!scopes.includes(scope)) await auth.signIn({ mode: 'popup', scope: [...scopes, scope].join(' ') })
  return request()
}
