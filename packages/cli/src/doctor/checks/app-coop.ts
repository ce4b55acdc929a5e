import type { Check } from '../check.js'
import { passed, skipped, warned } from '../finding.js'

/** A page that cuts the tie to its popups does not see that one was closed. */
export const appCoop: Check = {
  id: 'app-coop',
  title: 'The Cross-Origin-Opener-Policy of the app suits popups',
  run: async ({ pageAnswer }) => {
    const answer = await pageAnswer()
    if (answer === null || answer.kind === 'failed') return skipped('needs an answer of the app')
    const header = answer.headers.get('cross-origin-opener-policy')
    if (header === null) return passed('the page has none')
    const policy = header.split(';')[0]?.trim() ?? ''
    if (policy !== 'same-origin' && policy !== 'noopener-allow-popups') return passed(policy)
    return warned(
      `${policy} cuts the tie to a popup; a sign-in there works, but that it was closed is not noticed`,
      'Send same-origin-allow-popups, or sign in by redirect.',
    )
  },
}
