import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import type { ResponseDraft } from '../pipeline/response-draft.js'
import { toCodeChallenge } from '../protocol/code-challenge.js'
import { isConstantTimeEqual } from '../protocol/constant-time-equal.js'
import { requireParameter } from '../protocol/form-request.js'
import { OAuthError } from '../protocol/oauth-error.js'
import type { AuthorizationCode } from '../stores/authorization-code-store.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { Grant } from '../stores/grant.js'
import { createTokenDraft, createTokenPolicy } from './token-response.js'

// Wrong verifiers a code survives: a thief without the verifier cannot use the code up (OAuth 2.1 7.5.2).
const maximumFailedAttempts = 5

/** `grant_type=authorization_code` (OAuth 2.1 4.1.3). */
export async function processAuthorizationCodeGrant(
  exchange: Exchange,
  authority: Authority,
  client: RegisteredClient,
): Promise<ResponseDraft> {
  const code = authority.codes.get(requireParameter(exchange, 'code'))
  const verifier = exchange.form.get('code_verifier')
  if (!code || verifier === undefined) throw createRefusal()
  exchange.sub = code.sub
  const challenge = toCodeChallenge(verifier)
  const policy = await createTokenPolicy(exchange, authority, client, code.scope)
  const grant = takeCode(code, challenge, exchange, authority, client)
  const refreshToken = policy.isRefreshable ? authority.grants.issueRefreshToken(grant).token : undefined
  return createTokenDraft(exchange, authority, { grant, policy, refreshToken, nonce: code.nonce })
}

/** Checks a code and uses it up. Nothing in here waits, so of two redemptions at once one wins. */
function takeCode(
  code: AuthorizationCode,
  challenge: string,
  exchange: Exchange,
  authority: Authority,
  client: RegisteredClient,
): Grant {
  const redirectUri = exchange.form.get('redirect_uri')
  if (code.clientId !== client.client_id) throw createRefusal()
  // OAuth 2.1 10.2 drops redirect_uri here, and Spatio marks it optional: absent is fine, another one is not.
  if (redirectUri !== undefined && redirectUri !== code.redirectUri) throw createRefusal()
  if (!isConstantTimeEqual(challenge, code.codeChallenge)) {
    code.failedAttempts += 1
    throw createRefusal()
  }
  if (code.grantId !== undefined) {
    // Only a redemption that is right in everything else proves the code leaked (OAuth 2.1 4.1.3, 7.5.2).
    authority.grants.revokeGrant(code.grantId)
    throw createRefusal()
  }
  if (code.failedAttempts >= maximumFailedAttempts) throw createRefusal()
  if (code.expiresAt <= authority.clock.now()) throw createRefusal()
  const { clientId, sub, scope, authTime } = code
  const grant = authority.grants.start({ clientId, sub, scope, authTime })
  code.grantId = grant.id
  return grant
}

function createRefusal(): OAuthError {
  return new OAuthError('invalid_grant', 'The code is not valid for this request')
}
