import type { Check } from '../check.js'
import { failed, passed, skipped } from '../finding.js'
import { isSecure } from '../is-secure.js'

/** What a sign-in cannot do without (RFC 8414 2). */
const REQUIRED = ['authorization_endpoint', 'token_endpoint', 'jwks_uri']
const OPTIONAL = [
  'userinfo_endpoint',
  'revocation_endpoint',
  'registration_endpoint',
  'introspection_endpoint',
]
/** Codes and tokens go there, so the client wants them on the issuer's own origin. */
const OWN = ['token_endpoint', 'revocation_endpoint', 'introspection_endpoint', 'registration_endpoint']

export const endpointsSecure: Check = {
  id: 'endpoints-secure',
  title: 'Every endpoint is there, by https, and at the authority',
  run: async ({ issuer, metadata }) => {
    const document = await metadata()
    if (document === null) return skipped('needs the metadata')
    const named = [...REQUIRED, ...OPTIONAL].filter((name) => document[name] !== undefined)
    const missing = REQUIRED.filter((name) => !named.includes(name)).map((name) => `${name} is missing`)
    const wrong = named.flatMap((name) => findProblem(name, document[name], issuer))
    const problems = [...missing, ...wrong]
    if (problems.length > 0)
      return failed(
        problems.join('; '),
        'Correct the metadata at the authority: https URLs on its own origin. http is for localhost only.',
      )
    return passed(`${named.length} endpoints`)
  },
}

function findProblem(name: string, value: unknown, issuer: string): string[] {
  if (typeof value !== 'string' || !URL.canParse(value)) return [`${name} is not a URL`]
  const url = new URL(value)
  if (!isSecure(url)) return [`${name} is ${url.protocol}//${url.host}`]
  if (OWN.includes(name) && url.origin !== new URL(issuer).origin)
    return [`${name} is on ${url.origin}, another origin`]
  return []
}
