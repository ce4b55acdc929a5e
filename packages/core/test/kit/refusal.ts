import { SpatioAuthError, type OAuthError, type SpatioAuthErrorPhase } from '../../src/errors.js'
import type { SpatioAuthErrorCode } from '../../src/error-code.js'

/** Everything a refusal says, apart from its prose. */
export interface Refusal {
  readonly code: SpatioAuthErrorCode
  readonly phase: SpatioAuthErrorPhase
  readonly retryable: boolean
  /** What stands in brackets in the development message; null when nothing does. */
  readonly detail: string | null
  readonly oauth: OAuthError | null
}

/** Reads an error of ours; anything else that was thrown is thrown again. */
export function toRefusal(error: unknown): Refusal {
  if (!(error instanceof SpatioAuthError)) throw error
  const { code, phase, retryable, oauth = null } = error
  const detail = / \[(.*)\] See /s.exec(error.message)?.[1] ?? null
  return { code, phase, retryable, detail, oauth }
}

/** How `work` was refused; null when it was not. */
export async function refusalOf(work: () => unknown): Promise<Refusal | null> {
  try {
    await work()
    return null
  } catch (error) {
    return toRefusal(error)
  }
}

/** A refusal as it should be: nothing to retry and no detail, unless told otherwise. */
export function refusal(
  phase: SpatioAuthErrorPhase,
  code: SpatioAuthErrorCode,
  facts: Partial<Refusal> = {},
): Refusal {
  return { code, phase, retryable: false, detail: null, oauth: null, ...facts }
}
