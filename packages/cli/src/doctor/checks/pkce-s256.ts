import type { Check } from '../check.js'
import { failed, passed, skipped } from '../finding.js'

/** RFC 7636 4.2, RFC 9700 2.1.1. */
export const pkceS256: Check = {
  id: 'pkce-s256',
  title: 'The authority takes PKCE with S256',
  run: async ({ metadata }) => {
    const document = await metadata()
    if (document === null) return skipped('needs the metadata')
    const methods = document['code_challenge_methods_supported']
    // Who says nothing is asked with S256 all the same.
    if (methods === undefined) return passed('the metadata does not say; the client sends S256')
    if (Array.isArray(methods) && methods.includes('S256')) return passed('S256 is listed')
    return failed(
      `the metadata lists ${JSON.stringify(methods).slice(0, 100)}`,
      'Enable S256 at the authority; the client has no fallback to plain.',
    )
  },
}
