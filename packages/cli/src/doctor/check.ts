import type { Finding } from './finding.js'
import type { Subject } from './subject.js'

/** One thing that a sign-in needs. */
export interface Check {
  /** For programs; never changes. */
  readonly id: string
  /** What is so when all is well. */
  readonly title: string
  readonly run: (subject: Subject) => Promise<Finding>
}
