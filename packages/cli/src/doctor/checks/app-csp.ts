import parseContentSecurityPolicy from 'content-security-policy-parser'
import type { Check } from '../check.js'
import { failed, passed, skipped, warned } from '../finding.js'
import { isAllowedBy } from '../source-list.js'

/** Where a directive is missing, the next one speaks for it (CSP 3, 6.8.3). */
const CONNECT = ['connect-src', 'default-src']
const FRAME = ['frame-src', 'child-src', 'default-src']

/** The page asks the authority for metadata, keys and tokens; a hidden frame shows its answer. */
export const appCsp: Check = {
  id: 'app-csp',
  title: 'The Content-Security-Policy of the app lets it reach the authority',
  run: async ({ issuer, redirectUri, pageAnswer }) => {
    const answer = await pageAnswer()
    if (redirectUri === undefined || answer === null || answer.kind === 'failed')
      return skipped('needs an answer of the app')
    const policies = findPolicies(answer.headers, answer.body)
    if (policies.length === 0) return passed('the page has none')
    const isAllowed = (names: readonly string[]): boolean =>
      policies.every((policy) => {
        const name = names.find((directive) => policy.has(directive))
        const sources = name === undefined ? ['*'] : (policy.get(name) ?? [])
        return isAllowedBy(sources, new URL(issuer), new URL(redirectUri))
      })
    const { origin } = new URL(issuer)
    if (!isAllowed(CONNECT))
      return failed(`connect-src does not allow ${origin}`, `Add ${origin} to connect-src.`)
    if (!isAllowed(FRAME))
      return warned(
        `frame-src does not allow ${origin}; only silent sign-in in a hidden frame needs it`,
        `Add ${origin} to frame-src, if the app uses silentOnLoad: 'iframe'.`,
      )
    return passed(`${origin} is allowed`)
  },
}

type Policy = ReturnType<typeof parseContentSecurityPolicy>

/** Those of the header and of the page itself: each of them has to agree. */
function findPolicies(headers: Headers, html: string): Policy[] {
  const metas = [...html.matchAll(/<meta\b[^>]*>/gi)].map(([tag]) => tag)
  const inPage = metas
    .filter((tag) => /http-equiv\s*=\s*["']?content-security-policy["'\s]/i.test(tag))
    .flatMap((tag) => /content\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag)?.slice(1, 3) ?? [])
  // Several headers arrive as one, with commas between; no source holds one.
  const inHeader = (headers.get('content-security-policy') ?? '').split(',')
  return [...inHeader, ...inPage]
    .filter((policy) => policy !== undefined && policy.trim() !== '')
    .map((policy) => parseContentSecurityPolicy(policy))
}
