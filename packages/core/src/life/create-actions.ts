import type { Life, LifeMethod } from '../client/life.js'
import { getAccessToken, type GetToken } from './access-token.js'
import { authenticatedFetch } from './authenticated-fetch.js'
import type { ClientContext } from './client-context.js'
import { disconnectApp } from './disconnect-app.js'
import { introspect } from './introspect.js'
import type { Refresher } from './refresher.js'
import { repeatRefused } from './repeat-refused.js'
import { getUserInfo } from './user-info.js'
import { withSignal } from './with-signal.js'

/** What an app asks of its session. */
export function createActions(context: ClientContext, refresher: Refresher): Pick<Life, LifeMethod> {
  const { store } = context
  const accessToken: GetToken = (options) => {
    const token = getAccessToken(context, refresher, options)
    return withSignal(token, options.signal, 'fetch')
  }
  const authorizedFetch: Life['fetch'] = async (...request) =>
    authenticatedFetch(context, accessToken, request, (refused) =>
      repeatRefused(refused, store.current()?.accessToken ?? null, accessToken),
    )
  return {
    // The official SDK calls with a security scheme's name and scopes: the token is the same for all.
    getAccessToken: async (options = {}) => accessToken(typeof options === 'string' ? {} : options),
    fetch: authorizedFetch,
    disconnectApp: async () => disconnectApp(context, authorizedFetch),
    getUserInfo: async () => getUserInfo(context, accessToken),
    introspect: async (token) => introspect(context, accessToken, token),
  }
}
