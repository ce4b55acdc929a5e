import type { Check } from '../check.js'
import { failed, passed, skipped } from '../finding.js'

/** OIDC Discovery 4.3, RFC 8414 3.3: the two are one string, the slash at the end included. */
export const issuerEqual: Check = {
  id: 'issuer-equal',
  title: 'The metadata names the issuer that the app has',
  run: async ({ issuer, metadata }) => {
    const document = await metadata()
    if (document === null) return skipped('needs the metadata')
    const found = document['issuer']
    if (typeof found !== 'string')
      return failed('the metadata names no issuer', 'Add issuer to the metadata at the authority.')
    if (found !== issuer)
      return failed(
        `the app has ${issuer}, the metadata ${found.slice(0, 256)}`,
        'Give the app exactly the string of the metadata as issuer, if that is the authority you mean.',
      )
    return passed(issuer)
  },
}
