import type { Authority } from './authority.js'
import type { FaultEngine } from './faults/fault-engine.js'
import type { Finding } from './findings/finding.js'
import { MockServerError, type MockServerErrorCode } from './mock-server-error.js'

/** What `verify()` looks at. */
export interface VerifyParts {
  engine: FaultEngine
  /** What the mock itself got wrong so far. */
  unexpected: unknown[]
  authority: Authority
}

type Problem = [code: MockServerErrorCode, message: string]

/** `verify()` of a mock. */
export function createVerify({ engine, unexpected, authority }: VerifyParts): () => void {
  return () => {
    const [cause] = unexpected.splice(0)
    const unconsumed = engine.takeUnconsumed()
    const findings = authority.watch.takeNew().filter((finding) => isThrown(finding, authority))
    const problems: Problem[] = [
      ...toProblem('unexpected_error', 'The mock itself failed', cause === undefined ? [] : ['see cause']),
      ...toProblem('fault_unconsumed', 'No request has met', unconsumed),
      ...toProblem('secret_leaked', 'The client has told a secret', toTexts(findings, 'leak')),
      ...toProblem('lint_failed', 'The client has sent what is forbidden', toTexts(findings, 'lint')),
    ]
    const [first] = problems
    if (!first) return
    const message = problems.map(([, text]) => text).join('\n')
    throw new MockServerError(first[0], message, cause === undefined ? {} : { cause })
  }
}

function isThrown({ rule, kind, level }: Finding, { options: { lenient } }: Authority): boolean {
  if (level === 'warning') return false
  if (kind === 'leak') return true
  return typeof lenient === 'boolean' ? !lenient : !lenient.some((spared) => spared === rule)
}

function toProblem(code: MockServerErrorCode, title: string, parts: readonly string[]): Problem[] {
  return parts.length === 0 ? [] : [[code, `${title}: ${parts.join(', ')}`]]
}

function toTexts(findings: readonly Finding[], kind: Finding['kind']): string[] {
  return findings
    .filter((finding) => finding.kind === kind)
    .map(
      ({ rule, detail, endpoint, request, spec }) =>
        `${detail} (${rule}, request ${request} to ${endpoint}; ${spec})`,
    )
}
