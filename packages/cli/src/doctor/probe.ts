/** Milliseconds a request may take, headers and body; as long as the client itself waits. */
const DEADLINE = 10_000

/** What came back of a request, or why nothing did. */
export type Answer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Headers
      readonly body: string
      /** ms since the epoch on this machine's clock, midway between asking and being answered. */
      readonly at: number
    }
  | { readonly kind: 'failed'; readonly reason: string }

/** Sends a request as a page on `origin` would, and follows no redirect. */
export async function probe(
  url: string,
  init: {
    method?: string
    origin?: string | undefined
    headers?: Record<string, string>
    body?: string
  } = {},
): Promise<Answer> {
  const { method = 'GET', origin, headers = {}, body } = init
  const sentAt = Date.now()
  try {
    const response = await fetch(url, {
      method,
      headers: { Accept: 'application/json, text/html;q=0.9', ...headers, ...(origin && { Origin: origin }) },
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE),
      ...(body !== undefined && { body }),
    })
    const at = (sentAt + Date.now()) / 2
    return {
      kind: 'answer',
      status: response.status,
      headers: response.headers,
      body: await response.text(),
      at,
    }
  } catch (error) {
    return { kind: 'failed', reason: toReason(error) }
  }
}

/** Node says "fetch failed" and hides what happened in the cause. */
function toReason(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer in ${DEADLINE / 1000} s`
  const code = findCode(error)
  return code === undefined ? 'the connection failed' : (REASONS[code] ?? code)
}

function findCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause
  return findCode(inner)
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ENOTFOUND: 'the host name is unknown (ENOTFOUND)',
  EAI_AGAIN: 'the host name cannot be looked up (EAI_AGAIN)',
  ECONNRESET: 'the connection was cut (ECONNRESET)',
  UND_ERR_SOCKET: 'the connection was cut (UND_ERR_SOCKET)',
  CERT_HAS_EXPIRED: 'its certificate has expired (CERT_HAS_EXPIRED)',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)',
}
