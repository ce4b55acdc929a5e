import { UserManager, WebStorageStateStore } from 'oidc-client-ts'

/** How long an app waits for the renewal that the library makes by itself (ms). */
const PATIENCE = 10_000

/** @param {import('./main.js').Settings} settings @returns {Promise<import('./main.js').Client>} */
export async function openClient({ issuer, clientId }) {
  const manager = new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${location.origin}/`,
    scope: 'openid profile email',
    automaticSilentRenew: true,
    userStore: new WebStorageStateStore({ store: localStorage }),
  })
  if (new URLSearchParams(location.search).has('code')) {
    await manager.signinCallback()
    history.replaceState(null, '', '/')
  }
  await manager.getUser()
  return {
    signIn: () => void manager.signinRedirect(),
    getToken: createTokenGetter(manager),
    refresh: () => manager.signinSilent(),
    read: () => manager.getUser(),
    isSignedIn: async () => (await manager.getUser()) !== null,
  }
}

/** The stored token, or the one that the automatic renewal brings. @param {UserManager} manager */
function createTokenGetter(manager) {
  /** @type {Error | null} */
  let failure = null
  /** @type {() => void} */
  let tell = () => undefined
  manager.events.addSilentRenewError((error) => {
    failure = error
    tell()
  })
  manager.events.addUserLoaded(() => tell())
  return async () => {
    for (const giveUpAt = Date.now() + PATIENCE; Date.now() < giveUpAt;) {
      const user = await manager.getUser()
      if (user === null) throw new Error('nobody is signed in')
      if (user.expired === false) return user.access_token
      if (failure !== null) throw failure
      await new Promise((resolve) => {
        tell = () => resolve(undefined)
        setTimeout(tell, 100)
      })
    }
    throw new Error('no renewal was made')
  }
}
