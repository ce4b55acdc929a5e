import { SpatioAuthError } from '../errors.js'
import type { User } from '../session/auth-state.js'
import type { InternalTokenOptions } from './access-token.js'
import type { ClientContext } from './client-context.js'

/** What the authority says of the signed-in user now; the session and its `user` stay as they are. */
export async function getUserInfo(
  { store, loadEngine }: ClientContext,
  accessToken: (options: InternalTokenOptions) => Promise<string>,
): Promise<User> {
  if (store.current() === null) throw new SpatioAuthError('not_authenticated', { phase: 'userinfo' })
  const engine = await loadEngine()
  return engine.requestUserInfo(async (refused) => {
    // A token that another call has renewed meanwhile is not renewed again.
    const isSame = refused !== null && store.current()?.accessToken === refused
    const token = await accessToken(isSame ? { forceRefresh: true, trigger: 'unauthorized' } : {})
    return { accessToken: token, sub: store.current()?.user.sub ?? '' }
  })
}
