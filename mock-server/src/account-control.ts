import type { Authority } from './authority.js'
import type { ClientStore } from './stores/client-store.js'
import type { UserStore } from './stores/user-store.js'

/** The users of a mock, with what an admin can do to them. */
export interface UserControl extends UserStore {
  /** Signs a user out everywhere: login sessions, codes and every token (a password change, an admin's act). */
  signOutEverywhere(sub: string): void
  /** Removes a user with everything they had: sessions, consents, tokens. True when there was one. */
  remove(sub: string): boolean
}

/** The users of an authority, for whoever runs the mock. */
export function createUserControl(authority: Authority): UserControl {
  const { users, loginSessions, codes, grants, consents, personalAccessTokens } = authority
  const signOutEverywhere = (sub: string): void => {
    loginSessions.endAllOf(sub)
    codes.forgetAllOf({ sub })
    grants.revokeAllOf({ sub })
  }
  return {
    ...users,
    signOutEverywhere,
    remove: (sub) => {
      signOutEverywhere(sub)
      for (const { clientId } of consents.listOf(sub)) consents.withdraw(sub, clientId)
      for (const { token } of personalAccessTokens.listOf(sub)) personalAccessTokens.revoke(token)
      return users.remove(sub)
    },
  }
}

/** The clients of an authority, for whoever runs the mock: removing one ends its codes and tokens. */
export function createClientControl(authority: Authority): ClientStore {
  const { clients, codes, grants, consents, users } = authority
  return {
    ...clients,
    remove: (clientId) => {
      codes.forgetAllOf({ clientId })
      grants.revokeAllOf({ clientId })
      for (const { sub } of users.list()) consents.withdraw(sub, clientId)
      return clients.remove(clientId)
    },
  }
}
