import {
  InMemoryWebStorage,
  UserManager,
  WebStorageStateStore,
  type INavigator,
  type NavigateParams,
} from 'oidc-client-ts'
import type { ClientLibrary, Registration } from '../relying-party.js'

const packageName = 'oidc-client-ts'

/** `UserManager` as its README shows, with a navigator of ours in place of `window.location`. */
export const oidcClientTs: ClientLibrary = {
  name: packageName,
  packageName,
  readsCallbacks: true,
  create: (registration) => {
    const { manager, takeNavigation } = createUserManager(registration)
    return {
      signIn: async (visit, { maxAge } = {}) => {
        await manager.signinRedirect(maxAge === undefined ? {} : { max_age: maxAge })
        const callbackUrl = await visit(takeNavigation())
        const user = await manager.signinRedirectCallback(callbackUrl.href)
        return { sub: user.profile.sub, accessToken: user.access_token, refreshToken: user.refresh_token }
      },
    }
  },
}

/** A `UserManager` outside a browser, and where it last wanted to go. */
export function createUserManager(
  { issuer, clientId, redirectUri }: Registration,
  { loadUserInfo = false } = {},
): { manager: UserManager; takeNavigation: () => URL } {
  let destination: string | undefined
  const navigator: INavigator = {
    prepare: () => Promise.resolve({ navigate, close: () => undefined }),
    callback: () => Promise.resolve(),
  }
  const navigate = ({ url }: NavigateParams): Promise<{ url: string }> => {
    destination = url
    return Promise.resolve({ url })
  }
  const manager = new UserManager(
    {
      authority: issuer,
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      loadUserInfo,
      automaticSilentRenew: false,
      stateStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
      userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    },
    navigator,
  )
  const takeNavigation = (): URL => {
    if (destination === undefined) throw new Error('There was no navigation')
    return new URL(destination)
  }
  return { manager, takeNavigation }
}
