import type { SpatioAuthErrorCode } from '../error-code.js'
import { SpatioAuthError, type SpatioAuthErrorInit, type SpatioAuthErrorPhase } from '../errors.js'
import { isJson, parseJsonObject, type EndpointAnswer } from './request.js'
import { toOAuthErrorOf } from './token-response.js'

/** In which words an endpoint's answer is refused. */
export interface AnswerRule {
  readonly phase: SpatioAuthErrorPhase
  /** The one status of a good answer. */
  readonly status: 200 | 201
  /** No answer, or another status. */
  readonly failed: SpatioAuthErrorCode
  /** An answer that is not what it should be. */
  readonly invalid: SpatioAuthErrorCode
}

/**
 * The JSON object that an endpoint answered.
 * @throws SpatioAuthError `timeout`, `redirect_rejected` and the two of the rule; an OAuth error is in `oauth`
 */
export function requireJsonAnswer(answer: EndpointAnswer, rule: AnswerRule): Record<string, unknown> {
  const refuse = (code: SpatioAuthErrorCode, init: Omit<SpatioAuthErrorInit, 'phase'>) =>
    new SpatioAuthError(code, { phase: rule.phase, ...init })
  if (answer.kind === 'failed') {
    if (answer.reason === 'timeout') throw refuse('timeout', { retryable: true })
    if (answer.reason === 'redirect') throw refuse('redirect_rejected', {})
    if (answer.reason === 'too_large') throw refuse(rule.invalid, { detail: 'too large' })
    throw refuse(rule.failed, { detail: answer.reason, retryable: true })
  }
  const { status, headers, body } = answer
  const document = isJson(headers) ? parseJsonObject(body) : null
  if (status !== rule.status) {
    const oauth = toOAuthErrorOf(document, answer.secrets)
    const retryable = status >= 500 || status === 429
    throw refuse(rule.failed, { detail: `status ${status}`, retryable, ...(oauth && { oauth }) })
  }
  if (document === null) throw refuse(rule.invalid, { detail: 'not a JSON object' })
  return document
}
