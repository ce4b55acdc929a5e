/** What the authority says of a token (RFC 7662 2.2). Of one that is not live it says nothing more. */
export type Introspection =
  | { readonly active: false }
  | {
      readonly active: true
      /** An OAuth access token or a personal access token; null when the authority does not say. */
      readonly tokenType: 'oauth' | 'pat' | null
      readonly clientId: string | null
      readonly userId: string | null
      readonly workspaceId: string | null
      readonly scopes: readonly string[]
      /** ms since the epoch, by the authority's clock; null when it is not told. */
      readonly expiresAt: number | null
    }
