import { mkdirSync, writeFileSync } from 'node:fs'
import type { Reporter, TestCase } from 'vitest/node'
// For the `caseId` it adds to a test's meta.
import type {} from './case-test.js'

/** Where the ids of the cases that this run proved are kept for `scripts/case-coverage.js`. */
const FOLDER = '.cache/cases'

/** Collects the case ids of passed tests, a file for each project. */
export class CaseCoverageReporter implements Reporter {
  readonly #proved = new Map<string, Set<string>>()

  onTestCaseResult(testCase: TestCase): void {
    const { caseId } = testCase.meta()
    if (caseId === undefined || testCase.result().state !== 'passed') return
    const ids = this.#proved.get(testCase.project.name) ?? new Set()
    this.#proved.set(testCase.project.name, ids.add(caseId))
  }

  onTestRunEnd(): void {
    mkdirSync(FOLDER, { recursive: true })
    for (const [project, ids] of this.#proved) {
      writeFileSync(`${FOLDER}/${project}.json`, `${JSON.stringify([...ids].sort())}\n`)
    }
  }
}
