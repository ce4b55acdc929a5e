/** What a user has allowed an app to do: the record behind "connected apps". */
export interface Consent {
  sub: string
  clientId: string
  scope: string
  /** Redirect URIs the user has consented with; another one asks again (CVE-2025-4143). */
  redirectUris: readonly string[]
  /** Milliseconds since the epoch. */
  grantedAt: number
}

/** The consents of a mock. */
export interface ConsentStore {
  /** Records a consent, adding to an earlier one of the same user and client. */
  grant(consent: Omit<Consent, 'redirectUris'> & { redirectUri: string }): void
  get(sub: string, clientId: string): Consent | undefined
  listOf(sub: string): Consent[]
  /** True when there was one to withdraw. */
  withdraw(sub: string, clientId: string): boolean
  /** The consents as plain JSON, for a later start. */
  toState(): Consent[]
}

/** A store of consents; `initial` is what an earlier store's `toState()` gave. */
export function createConsentStore(initial: readonly Consent[] = []): ConsentStore {
  const bySub = new Map<string, Map<string, Consent>>()
  const put = (consent: Consent): void => {
    const ofUser = bySub.get(consent.sub) ?? new Map<string, Consent>()
    bySub.set(consent.sub, ofUser.set(consent.clientId, consent))
  }
  initial.forEach(put)
  return {
    grant: ({ sub, clientId, scope, redirectUri, grantedAt }) => {
      const earlier = bySub.get(sub)?.get(clientId)
      const scopes = new Set([...(earlier?.scope.split(' ') ?? []), ...scope.split(' ')])
      const redirectUris = [...new Set([...(earlier?.redirectUris ?? []), redirectUri])]
      put({ sub, clientId, scope: [...scopes].join(' '), redirectUris, grantedAt })
    },
    get: (sub, clientId) => bySub.get(sub)?.get(clientId),
    listOf: (sub) => [...(bySub.get(sub)?.values() ?? [])],
    withdraw: (sub, clientId) => bySub.get(sub)?.delete(clientId) ?? false,
    toState: () => [...bySub.values()].flatMap((ofUser) => [...ofUser.values()]),
  }
}
