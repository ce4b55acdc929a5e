import type { Check } from '../check.js'
import { passed, skipped, warned } from '../finding.js'
import { probe } from '../probe.js'
import { toObject, type Subject } from '../subject.js'

/** Spatio serves one document at both addresses; the client reads the one of OpenID Connect, others the other one. */
export const documentsEqual: Check = {
  id: 'documents-equal',
  title: 'Both documents of the authority say the same',
  run: async (subject) => {
    const document = await subject.metadata()
    if (document === null) return skipped('needs the metadata')
    const url = toServerMetadataUrl(subject.issuer)
    const answer = await probe(url, { origin: subject.origin })
    const other = answer.kind === 'answer' && answer.status === 200 ? toObject(answer.body) : null
    if (other === null)
      return passed('there is no oauth-authorization-server, which the client does not need')
    const names = new Set([...Object.keys(document), ...Object.keys(other)])
    const different = [...names].filter((name) => toText(document[name]) !== toText(other[name]))
    if (different.length === 0) return passed(url)
    return warned(
      `oauth-authorization-server differs in ${different.join(', ').slice(0, 256)}`,
      'Serve one document at both: some libraries read the other one.',
    )
  },
}

/** Between the host and the path (RFC 8414 3.1). */
function toServerMetadataUrl(issuer: Subject['issuer']): string {
  const { origin, pathname } = new URL(issuer)
  return `${origin}/.well-known/oauth-authorization-server${pathname.replace(/\/$/, '')}`
}

/** What is listed in another order is the same. */
function toText(value: unknown): string | undefined {
  return JSON.stringify(Array.isArray(value) ? value.map(String).sort() : value)
}
