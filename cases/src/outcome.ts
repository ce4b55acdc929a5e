import type { ListedOutcome } from './case-list.js'

/** What a client case was seen to end in. */
export type ClientOutcome =
  | { readonly kind: 'accept' | 'ignore' | 'retry' }
  | { readonly kind: 'reject'; readonly code: string }
  | { readonly kind: 'keep'; readonly code?: string }
  | { readonly kind: 'signout'; readonly reason: string }

/** What a server case was seen to answer: a response, or what a test read of one. */
export type ServerAnswer = Response | { readonly status: number; readonly error?: string | undefined }

export type ObservedOutcome = ClientOutcome | ServerAnswer

/** Whether an observation is one of the outcomes a case allows. */
export async function isListed(
  listed: readonly ListedOutcome[],
  observed: ObservedOutcome,
): Promise<boolean> {
  if ('kind' in observed) return listed.some((outcome) => isClientOutcome(outcome, observed))
  const answer = await readAnswer(observed)
  return listed.some((outcome) => isAnswer(outcome, answer))
}

function isClientOutcome(listed: ListedOutcome, observed: ClientOutcome): boolean {
  if (listed.kind !== observed.kind) return false
  if (listed.kind === 'reject' && observed.kind === 'reject') {
    if (listed.codePrefix !== undefined) return observed.code.startsWith(listed.codePrefix)
    return observed.code !== '' && (listed.code === undefined || listed.code === observed.code)
  }
  if (listed.kind === 'keep' && observed.kind === 'keep')
    return listed.code === undefined || listed.code === observed.code
  if (listed.kind === 'signout' && observed.kind === 'signout') {
    if (listed.reasonPrefix !== undefined) return observed.reason.startsWith(listed.reasonPrefix)
    return observed.reason !== '' && (listed.reason === undefined || listed.reason === observed.reason)
  }
  return true
}

interface ReadAnswer {
  readonly status: number
  readonly error: string | undefined
}

function isAnswer(listed: ListedOutcome, { status, error }: ReadAnswer): boolean {
  if (listed.kind !== 'answer') return false
  if (listed.statuses !== undefined && !listed.statuses.includes(status)) return false
  return listed.errors === undefined || (error !== undefined && listed.errors.includes(error))
}

/** The OAuth error is in the JSON, or in the redirect of an authorization response. */
async function readAnswer(answer: ServerAnswer): Promise<ReadAnswer> {
  if (!(answer instanceof Response)) return { status: answer.status, error: answer.error }
  const { status } = answer
  const location = answer.headers.get('location')
  if (location !== null) {
    const error = new URL(location, 'http://localhost').searchParams.get('error') ?? undefined
    return { status, error }
  }
  if (!/json/.test(answer.headers.get('content-type') ?? '') || answer.bodyUsed)
    return { status, error: undefined }
  const body: unknown = await answer.clone().json()
  const error =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)['error'] : undefined
  return { status, error: typeof error === 'string' ? error : undefined }
}
