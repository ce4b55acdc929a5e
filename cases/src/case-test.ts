import { expect, test, type TestOptions } from 'vitest'
import { requireCase, type RequiredCase } from './case-list.js'
import { isListed, type ObservedOutcome } from './outcome.js'

declare module 'vitest' {
  interface TaskMeta {
    caseId?: string
  }
}

/** What a case's body returns: the outcome it observed; nothing where the list states none and the body asserts. */
export type CaseBody = () =>
  Promise<ObservedOutcome | undefined> | Promise<void> | ObservedOutcome | undefined

/**
 * A test that proves a case: it fails unless the observed outcome is one the list allows for this id.
 * Throws where it is written for an id that no list has or that does not apply.
 * @param options vitest's own, such as `timeout` (ms)
 */
export function caseTest(id: string, title: string, body: CaseBody, options: TestOptions = {}): void {
  const required = requireCase(id)
  test(`${id} ${title}`, { ...options, meta: { ...options.meta, caseId: id } }, () =>
    assertCase(required, body),
  )
}

/** @throws AssertionError when the case ended otherwise than its list says */
export async function assertCase(required: RequiredCase, body: CaseBody): Promise<void> {
  const isStated = required.outcomes.some(({ kind }) => kind === 'stated')
  // Where the list states no outcome the assertions of the body are all there is.
  if (isStated) expect.hasAssertions()
  const observed = await body()
  if (isStated) return
  if (observed === undefined)
    throw new Error(`${required.id} observed no outcome, but its list says: ${required.listed}`)
  const holds = await isListed(required.outcomes, observed)
  expect(holds, `${required.id} ended in ${describe(observed)}, but its list says: ${required.listed}`).toBe(
    true,
  )
}

function describe(observed: ObservedOutcome): string {
  return observed instanceof Response ? `status ${observed.status}` : JSON.stringify(observed)
}
