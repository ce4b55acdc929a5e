import type { SpatioAuth } from '@spatio-labs/auth'

/** Call it directly in a click handler: a popup that opens after an `await` is blocked. */
export async function withScope<Result>(auth: SpatioAuth, scope: string, request: () => Promise<Result>) {
  const { scopes } = auth.getSnapshot()
  if (!scopes.includes(scope)) await auth.signIn({ mode: 'popup', scope: [...scopes, scope].join(' ') })
  return request()
}
