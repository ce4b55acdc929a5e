import { mkdirSync, writeFileSync } from 'node:fs'
import type { Reporter, TestCase } from 'vitest/node'
// For the `caseId` it adds to a test's meta.
import type {} from './case-test.js'

/** Where the ids of the cases that this run proved are kept for `scripts/case-coverage.js`. */
const FOLDER = '.cache/cases'

/** Collects the case ids whose tests all passed, a file for each project. */
export class CaseCoverageReporter implements Reporter {
  readonly #passed = new Map<string, Set<string>>()
  readonly #failed = new Set<string>()

  onTestCaseResult(testCase: TestCase): void {
    const { caseId } = testCase.meta()
    if (caseId === undefined) return
    const { state } = testCase.result()
    if (state === 'failed') this.#failed.add(caseId)
    if (state !== 'passed') return
    const ids = this.#passed.get(testCase.project.name) ?? new Set()
    this.#passed.set(testCase.project.name, ids.add(caseId))
  }

  onTestRunEnd(): void {
    mkdirSync(FOLDER, { recursive: true })
    for (const [project, ids] of this.#passed) {
      const proved = [...ids].filter((id) => !this.#failed.has(id)).sort()
      writeFileSync(`${FOLDER}/${project}.json`, `${JSON.stringify(proved)}\n`)
    }
  }
}
