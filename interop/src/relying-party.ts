/** What a client is told of the authority and of itself. */
export interface Registration {
  readonly issuer: string
  readonly clientId: string
  /** Only of a confidential client. */
  readonly clientSecret?: string
  readonly redirectUri: string
}

/** What a sign-in may ask for besides. */
export interface SignInOptions {
  /** Seconds since the person last signed in, at most. */
  readonly maxAge?: number
}

/** What a client holds after a sign-in it accepted. */
export interface SignedIn {
  /** Whose it is, as far as the client says. */
  readonly sub: string | undefined
  readonly accessToken: string
  readonly refreshToken: string | undefined
}

/** Takes a person's browser to the authority and comes back with the URL it was sent to. */
export type Visit = (authorizationUrl: URL) => Promise<URL>

/** One application of somebody's client library; it keeps its metadata and keys as the library does. */
export interface RelyingParty {
  /**
   * Signs in once, from the authorization request to the validated id_token.
   * @throws whatever the library throws when it refuses
   */
  signIn(visit: Visit, options?: SignInOptions): Promise<SignedIn>
}

/** A client library as the table names it. */
export interface ClientLibrary {
  /** The package's name, with the opt-in where there is one. */
  readonly name: string
  readonly packageName: string
  /** False for a library that has nothing to read a callback with. */
  readonly readsCallbacks: boolean
  /** Sets the library up as its own README does. */
  create(registration: Registration): RelyingParty
}
