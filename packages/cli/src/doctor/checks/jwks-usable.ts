import { createPublicKey, type JsonWebKey } from 'node:crypto'
import type { Check } from '../check.js'
import { failed, passed, skipped } from '../finding.js'
import { toObject } from '../subject.js'

/** RFC 7517 5, RFC 7518 3.3. */
export const jwksUsable: Check = {
  id: 'jwks-usable',
  title: 'The keys of the authority can verify an id_token',
  run: async ({ endpoint, jwksAnswer }) => {
    const url = await endpoint('jwks_uri')
    const answer = await jwksAnswer()
    if (url === null || answer === null) return skipped('needs jwks_uri in the metadata')
    if (answer.kind === 'failed')
      return failed(`${url}: ${answer.reason}`, 'Make jwks_uri answer from where the app runs.')
    if (answer.status !== 200)
      return failed(
        `${url} answers ${answer.status}`,
        'Correct jwks_uri in the metadata, or what answers there.',
      )
    const keys = toObject(answer.body)?.['keys']
    if (!Array.isArray(keys))
      return failed(`${url} is not a JWK set`, 'Let jwks_uri answer {"keys": […]} as application/json.')
    const problems = keys.map(findKeyProblem)
    const usable = problems.filter((problem) => problem === null).length
    if (problems.includes('private'))
      return failed(
        `${url} publishes a private key`,
        'Publish public members only, and replace that key: whoever has read it can sign tokens.',
      )
    if (usable === 0)
      return failed(
        `none of ${keys.length} keys is a public RSA key of 2048 bits or an EC key for signatures${toWhy(problems)}`,
        'Publish the key that signs, with kty, use "sig", kid and alg.',
      )
    return passed(`${usable} of ${keys.length} keys`)
  },
}

type KeyProblem = 'private' | 'symmetric' | 'not for signatures' | 'weak' | 'unreadable'

function findKeyProblem(key: unknown): KeyProblem | null {
  if (typeof key !== 'object' || key === null) return 'unreadable'
  const jwk = key as JsonWebKey & { use?: unknown }
  if (jwk.kty === 'oct') return 'symmetric'
  if (jwk.d !== undefined) return 'private'
  if (jwk.use !== undefined && jwk.use !== 'sig') return 'not for signatures'
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key: jwk, format: 'jwk' })
    if (asymmetricKeyType === 'ec') return null
    if (asymmetricKeyType !== 'rsa') return 'not for signatures'
    return (asymmetricKeyDetails?.modulusLength ?? 0) < 2048 ? 'weak' : null
  } catch {
    return 'unreadable'
  }
}

function toWhy(problems: readonly (KeyProblem | null)[]): string {
  return problems.length === 0 ? '' : `: ${[...new Set(problems)].join(', ')}`
}
