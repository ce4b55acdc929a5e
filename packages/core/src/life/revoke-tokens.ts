import { requestRevocation } from '../client/revocation.js'
import type { ClientContext } from './client-context.js'
import { repeatRevocation } from './repeat-revocation.js'

type RevocationContext = Pick<ClientContext, 'tab' | 'environment' | 'emit'>

/** Revokes tokens at the authority, best effort (RFC 7009), all at once. */
export async function revokeTokens(
  context: RevocationContext,
  endpoint: string | null,
  tokens: readonly (string | null)[],
): Promise<void> {
  return finishRevocations(
    context,
    endpoint,
    tokens.filter((token) => token !== null),
  )
}

/**
 * What fails is repeated once; then it is a `warning` event.
 * @param answers those of the tokens, in their order, that were asked for already
 */
export async function finishRevocations(
  context: RevocationContext,
  endpoint: string | null,
  tokens: readonly string[],
  answers: readonly Promise<Response | null>[] = [],
): Promise<void> {
  if (endpoint === null) return
  const revoke = async (token: string, index: number): Promise<boolean> => {
    const send = () => requestRevocation(context.tab, endpoint, token)
    const response = await told(context, answers[index] ?? send())
    if (response?.ok) return true
    return repeatRevocation(context.environment, response, () => told(context, send()))
  }
  const results = await Promise.all(tokens.map(revoke))
  if (results.includes(false)) context.emit('warning', { code: 'revocation_failed' })
}

async function told(
  { environment, emit }: RevocationContext,
  answer: Promise<Response | null>,
): Promise<Response | null> {
  const startedAt = environment.monotonic()
  const response = await answer
  const durationMs = Math.round(environment.monotonic() - startedAt)
  emit('request', { endpoint: 'revocation', method: 'POST', status: response?.status ?? null, durationMs })
  return response
}
