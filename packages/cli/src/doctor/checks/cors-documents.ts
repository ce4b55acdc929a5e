import type { Check } from '../check.js'
import { failed, passed, skipped } from '../finding.js'
import { findCorsProblem } from './cors-answer.js'

/** The page itself reads the metadata and the keys. */
export const corsDocuments: Check = {
  id: 'cors-documents',
  title: 'The app may read the metadata and the keys',
  run: async ({ origin, metadataAnswer, jwksAnswer }) => {
    if (origin === undefined) return skipped('needs --origin or --redirect-uri')
    const answers = [
      ['the metadata', await metadataAnswer()],
      ['the keys', await jwksAnswer()],
    ] as const
    const problems = answers.flatMap(([what, answer]) => {
      const problem = answer === null ? null : findCorsProblem(answer, origin)
      return problem === null ? [] : [`${what}: ${problem}`]
    })
    if (problems.length === 0) return passed(origin)
    return failed(
      `from ${origin}, ${problems.join('; ')}`,
      'Let the authority, and every proxy before it, send Access-Control-Allow-Origin: * with these documents.',
    )
  },
}
