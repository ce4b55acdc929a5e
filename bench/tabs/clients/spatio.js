import { createSpatioAuth } from '@spatio-labs/auth'

/** @param {import('./main.js').Settings} settings @returns {Promise<import('./main.js').Client>} */
export async function openClient({ issuer, clientId, storage }) {
  const auth = createSpatioAuth({ issuer, clientId, storage })
  await auth.ready()
  return {
    signIn: () => void auth.signIn().catch(() => undefined),
    getToken: () => auth.getAccessToken(),
    refresh: () => auth.getAccessToken({ forceRefresh: true }),
    read: () => auth.getAccessToken(),
    isSignedIn: async () => auth.getSnapshot().isAuthenticated,
  }
}
