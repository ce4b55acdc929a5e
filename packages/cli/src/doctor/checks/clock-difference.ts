import type { Check } from '../check.js'
import { failed, passed, skipped } from '../finding.js'

/** Seconds; `clockTolerance` of the client. */
const TOLERANCE = 60

/** `iat`, `exp` and `nbf` of an id_token are read by this clock (OIDC Core 3.1.3.7). */
export const clockDifference: Check = {
  id: 'clock-difference',
  title: 'This machine and the authority agree on the time',
  run: async ({ metadataAnswer }) => {
    const answer = await metadataAnswer()
    if (answer.kind === 'failed') return skipped('needs an answer of the authority')
    const date = Date.parse(answer.headers.get('date') ?? '')
    if (Number.isNaN(date)) return skipped('the authority sends no Date header')
    // A cache's answer has grown older since (RFC 9111 5.1). Date has whole seconds: half a one is the best guess.
    const age = Number(answer.headers.get('age') ?? 0) || 0
    const seconds = Math.round((date + 500 + age * 1000 - answer.at) / 1000)
    const size = Math.abs(seconds)
    if (size <= TOLERANCE) return passed(size <= 1 ? 'to the second' : `${size} s apart`)
    const relation = seconds > 0 ? 'ahead of' : 'behind'
    return failed(
      `the authority is ${size} s ${relation} this machine; up to ${TOLERANCE} s are tolerated`,
      'Let both set their clocks by NTP. Until then id_tokens look expired, or not valid yet.',
    )
  },
}
