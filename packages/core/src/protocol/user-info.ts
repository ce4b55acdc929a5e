import { SpatioAuthError } from '../errors.js'
import type { User } from '../session/auth-state.js'
import { requireJsonAnswer } from './json-answer.js'
import { requireOptionalEndpoint, type MetadataSource } from './metadata.js'
import type { ProtocolContext } from './protocol-context.js'
import { ownText, request, type EndpointAnswer } from './request.js'
import { toOwnClaims } from '../user-claims.js'

/** An access token and whose it is. */
export interface TokenOwner {
  readonly accessToken: string
  readonly sub: string
}

const RULE = {
  phase: 'userinfo',
  status: 200,
  failed: 'userinfo_failed',
  invalid: 'userinfo_invalid',
} as const

/**
 * Asks who the user is (OIDC Core 5.3). The token travels in the header only; a 401 is answered by one
 * renewed token and one more request (RFC 6750 3.1).
 * @param getToken gives a live token; told the one that was refused, another one
 * @throws SpatioAuthError `userinfo_failed`, `userinfo_invalid`, `userinfo_subject_mismatch`, `timeout`,
 * `redirect_rejected`, `metadata_missing`, and what `getToken` throws
 */
export async function requestUserInfo(
  context: ProtocolContext,
  metadataSource: MetadataSource,
  getToken: (refused: string | null) => Promise<TokenOwner>,
): Promise<User> {
  const { userinfoEndpoint } = await metadataSource.get()
  const url = requireOptionalEndpoint(userinfoEndpoint, 'userinfo_endpoint', context.options.issuer)
  const ask = ({ accessToken: bearer }: TokenOwner): Promise<EndpointAnswer> =>
    request(context, { endpoint: 'userinfo', url, bearer, cache: 'no-store' })
  const owner = await getToken(null)
  const answer = await ask(owner)
  if (answer.kind === 'failed' || answer.status !== 401) return processUserInfo(answer, owner.sub)
  const renewed = await getToken(owner.accessToken)
  return processUserInfo(await ask(renewed), renewed.sub)
}

function processUserInfo(answer: EndpointAnswer, sub: string): User {
  // A signed or encrypted answer is not JSON: none was asked for, so it is refused (OIDC Core 5.3.2).
  const claims = requireJsonAnswer(answer, RULE)
  const found = ownText(claims, 'sub')
  if (found === null) throw new SpatioAuthError('userinfo_invalid', { phase: 'userinfo', detail: 'sub' })
  // None of the claims of another user may be used (OIDC Core 5.3.2).
  if (found !== sub) throw new SpatioAuthError('userinfo_subject_mismatch', { phase: 'userinfo' })
  return toOwnClaims(claims)
}
