import type { Check } from '../check.js'
import { failed, passed, skipped } from '../finding.js'
import { probe } from '../probe.js'
import { findCorsProblem, findPreflightProblem } from './cors-answer.js'

/** The Authorization header always causes a preflight (Fetch 2.2.2). */
export const corsUserinfo: Check = {
  id: 'cors-userinfo',
  title: 'The app may ask userinfo',
  run: async ({ origin, endpoint }) => {
    if (origin === undefined) return skipped('needs --origin or --redirect-uri')
    const url = await endpoint('userinfo_endpoint')
    if (url === null) return skipped('needs userinfo_endpoint in the metadata')
    const preflight = await probe(url, {
      method: 'OPTIONS',
      origin,
      headers: {
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'authorization',
      },
    })
    const problem =
      findPreflightProblem(preflight, origin, { method: 'GET', header: 'authorization' }) ??
      findCorsProblem(await probe(url, { origin }), origin)
    if (problem === null) return passed(origin)
    return failed(
      `from ${origin}: ${problem}`,
      `Register a redirect URI on ${origin}; the authority must allow it the header Authorization.`,
    )
  },
}
