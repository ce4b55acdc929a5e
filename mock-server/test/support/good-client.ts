import { createMockServer, type MockServer, type MockServerOptions } from '../../src/index.js'
import {
  createPkce,
  readTokens,
  redeem,
  redirectUri,
  toAuthorizeQuery,
  type AuthorizeParameters,
  type Tokens,
} from './flow.js'

/** A personal access token the mock knows. */
export const personal = 'pat_0123456789abcdef'
/** The secret of the client `basic`. */
export const secret = 'a-secret-of-the-client'

/** A mock that lets nothing pass. */
export function createStrictMock(options: MockServerOptions = {}): MockServer {
  return createMockServer({
    clients: [
      { client_id: 'app', redirect_uris: [redirectUri] },
      { client_id: 'basic', client_secret: secret, redirect_uris: [redirectUri] },
    ],
    personalAccessTokens: [{ token: personal, sub: 'usr_mira', scope: 'read:*' }],
    ...options,
  })
}

/** Values of one sign-in, new each time, as a good client makes them. */
export function createTransaction(): { verifier: string; parameters: AuthorizeParameters } {
  const { verifier, challenge } = createPkce()
  const [state, nonce] = [createPkce().verifier, createPkce().verifier]
  return { verifier, parameters: { state, nonce, code_challenge: challenge } }
}

/** A sign-in and every secret in it. */
export interface SignedIn {
  mock: MockServer
  code: string
  verifier: string
  tokens: Tokens
}

/** A whole sign-in by a virtual browser, with nothing wrong in it. */
export async function signInWell(
  mock: MockServer = createStrictMock(),
  changes: AuthorizeParameters = {},
): Promise<SignedIn> {
  const { verifier, parameters } = createTransaction()
  const query = toAuthorizeQuery({ ...parameters, ...changes })
  const callback = await mock.browser().signIn(`${mock.issuer}/oauth2/authorize?${query}`)
  const code = callback.searchParams.get('code') ?? ''
  const tokens = await readTokens(await redeem(mock, code, { code_verifier: verifier }))
  return { mock, code, verifier, tokens }
}
