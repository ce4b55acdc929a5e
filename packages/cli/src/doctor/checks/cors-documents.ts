import type { Check } from '../check.js'
import { failed, passed, skipped } from '../finding.js'
import { findCorsProblem } from './cors-answer.js'

/** The page itself reads the metadata and the keys. */
export const corsDocuments: Check = {
  id: 'cors-documents',
  title: 'The app may read the metadata and the keys',
  run: async ({ origin, metadataAnswer, jwksAnswer }) => {
    if (origin === undefined) return skipped('needs --origin or --redirect-uri')
    const [metadata, keys] = [await metadataAnswer(), await jwksAnswer()]
    // What never came back is not refused to the app: other checks say why.
    if (metadata.kind === 'failed') return skipped('needs an answer of the authority')
    if (keys?.kind === 'failed') return skipped('needs an answer at jwks_uri')
    const problems = [
      { what: 'the metadata', problem: findCorsProblem(metadata, origin) },
      { what: 'the keys', problem: keys === null ? null : findCorsProblem(keys, origin) },
    ].flatMap(({ what, problem }) => (problem === null ? [] : [`${what}: ${problem}`]))
    if (problems.length === 0) return passed(origin)
    return failed(
      `from ${origin}, ${problems.join('; ')}`,
      'Let the authority, and every proxy before it, send Access-Control-Allow-Origin: * with these documents.',
    )
  },
}
