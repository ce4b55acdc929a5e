import { INVOCATION } from '../../invocation.js'
import type { Check } from '../check.js'
import { failed, passed } from '../finding.js'
import { isSecure } from '../is-secure.js'
import { toMetadataUrl, toObject, type Subject } from '../subject.js'

/** OIDC Discovery 4.2. */
export const metadataReachable: Check = {
  id: 'metadata-reachable',
  title: 'The metadata of the authority can be read',
  run: async (subject) => {
    const url = toMetadataUrl(subject.issuer)
    const answer = await subject.metadataAnswer()
    if (answer.kind === 'failed') return failed(`${url}: ${answer.reason}`, toStartAdvice(subject))
    const { status, headers, body } = answer
    if (status >= 300 && status < 400) {
      const location = headers.get('location') ?? 'nowhere'
      return failed(`${url} redirects to ${location}`, 'Give the final address as --issuer.')
    }
    if (status !== 200)
      return failed(`${url} answers ${status}`, 'Check --issuer: the metadata is below it at .well-known.')
    const type = headers.get('content-type') ?? 'no content type'
    if (!/^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type))
      return failed(
        `${url} answers ${type}, not application/json`,
        'A captive portal or a proxy may have answered: open it in a browser.',
      )
    if (toObject(body) === null)
      return failed(`${url} is not a JSON object`, 'Correct the document at the authority.')
    return passed(url)
  },
}

/** On this machine it is a mock more often than not, and not started yet. */
function toStartAdvice({ issuer, redirectUri }: Subject): string {
  const url = new URL(issuer)
  if (url.protocol === 'https:' || !isSecure(url))
    return 'Check --issuer, your network, and that the authority runs.'
  const flags = `--port ${url.port || 80}${redirectUri === undefined ? '' : ` --redirect-uri ${redirectUri}`}`
  return `Start what answers there. The mock: ${INVOCATION} mock ${flags}`
}
