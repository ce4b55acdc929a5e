import type { Check } from '../check.js'
import { failed, passed, skipped } from '../finding.js'

/** Where the user comes back to, the app has to be. */
export const callbackAnswers: Check = {
  id: 'callback-answers',
  title: 'The app answers at the redirect URI',
  run: async ({ redirectUri, pageAnswer }) => {
    const answer = await pageAnswer()
    if (redirectUri === undefined || answer === null) return skipped('needs --redirect-uri or --origin')
    if (answer.kind === 'failed')
      return failed(`${redirectUri}: ${answer.reason}`, 'Start the app, then look again.')
    const { status, headers } = answer
    if (status >= 300 && status < 400)
      return failed(
        `${redirectUri} redirects to ${headers.get('location') ?? 'nowhere'}`,
        'Register the address that answers itself: a redirect may drop the code.',
      )
    if (status === 404)
      return failed(
        `${redirectUri} answers 404`,
        'Let the server answer paths that are no file with index.html, as single-page apps need it.',
      )
    if (status !== 200) return failed(`${redirectUri} answers ${status}`, 'Let it answer with the app.')
    if (!/^text\/html\b/i.test(headers.get('content-type') ?? ''))
      return failed(
        `${redirectUri} answers ${headers.get('content-type') ?? 'no content type'}`,
        'Let it answer with the page of the app, as text/html.',
      )
    return passed(redirectUri)
  },
}
