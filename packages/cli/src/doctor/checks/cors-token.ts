import type { Check } from '../check.js'
import { failed, passed, skipped, warned } from '../finding.js'
import { probe } from '../probe.js'
import { findCorsProblem, findPreflightProblem } from './cors-answer.js'

const FORM = 'application/x-www-form-urlencoded'

/** The page exchanges the code by itself: a POST of a form, which browsers send without a preflight (Fetch 2.2.2). */
export const corsToken: Check = {
  id: 'cors-token',
  title: 'The app may use the token endpoint',
  run: async ({ origin, endpoint, clientId }) => {
    if (origin === undefined) return skipped('needs --origin or --redirect-uri')
    const url = await endpoint('token_endpoint')
    if (url === null) return skipped('needs token_endpoint in the metadata')
    // Without a code it changes nothing and is refused; whether the refusal can be read is what matters.
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      ...(clientId && { client_id: clientId }),
    })
    const headers = { 'Content-Type': FORM }
    const answer = await probe(url, { method: 'POST', origin, headers, body: body.toString() })
    const problem = findCorsProblem(answer, origin)
    if (problem !== null)
      return failed(
        `from ${origin}: ${problem}`,
        `Register a redirect URI on ${origin}, from which the authority knows the app's origin.`,
      )
    const preflight = await probe(url, {
      method: 'OPTIONS',
      origin,
      headers: {
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
      },
    })
    const refused = findPreflightProblem(preflight, origin, { method: 'POST', header: 'content-type' })
    if (refused === null) return passed(origin)
    return warned(
      `the answer can be read, but a preflight would fail: ${refused}`,
      'Answer OPTIONS like the request itself: a browser extension or a header you add causes one.',
    )
  },
}
