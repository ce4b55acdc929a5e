import { SpatioAuthError } from '../errors.js'
import type { Introspection } from '../introspection.js'
import { requireJsonAnswer } from './json-answer.js'
import { requireOptionalEndpoint, type MetadataSource } from './metadata.js'
import type { ProtocolContext } from './protocol-context.js'
import { ownMember, ownText, request } from './request.js'

const RULE = {
  phase: 'introspection',
  status: 200,
  failed: 'introspection_failed',
  invalid: 'introspection_invalid',
} as const

/**
 * Asks the authority about an access token or a personal access token (RFC 7662).
 * @throws SpatioAuthError `introspection_failed`, `introspection_invalid`, `timeout`, `redirect_rejected`, `metadata_missing`
 */
export async function requestIntrospection(
  context: ProtocolContext,
  metadataSource: MetadataSource,
  token: string,
): Promise<Introspection> {
  const { introspectionEndpoint } = await metadataSource.get()
  const url = requireOptionalEndpoint(introspectionEndpoint, 'introspection_endpoint', context.options.issuer)
  const form = new URLSearchParams({ token })
  const answer = await request(context, { endpoint: 'introspection', url, form, cache: 'no-store' })
  const document = requireJsonAnswer(answer, RULE)
  const active = ownMember(document, 'active')
  // Only the literal true means live; what is no boolean is no answer.
  if (typeof active !== 'boolean')
    throw new SpatioAuthError('introspection_invalid', { phase: 'introspection', detail: 'active' })
  return Object.freeze(active ? toActive(document) : { active })
}

function toActive(document: object): Introspection {
  const type = ownText(document, 'token_type')
  const exp = ownMember(document, 'exp')
  return {
    active: true,
    tokenType: type === 'oauth' || type === 'pat' ? type : null,
    clientId: ownText(document, 'client_id'),
    userId: ownText(document, 'user_id'),
    workspaceId: ownText(document, 'workspace_id'),
    scopes: Object.freeze((ownText(document, 'scope') ?? '').split(' ').filter((scope) => scope !== '')),
    expiresAt: typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : null,
  }
}
