/** Why a virtual browser did not come back with a callback. */
export type VirtualBrowserErrorCode = 'page_shown' | 'user_unknown' | 'too_many_redirects' | 'left_early'

/**
 * A sign-in that ended elsewhere than at the app.
 *
 * - `page_shown`: the authority showed a page that asks for no decision, such as an error page: `status`, `text`
 * - `user_unknown`: the page offers no such user; `text` lists who is there
 * - `too_many_redirects`: the authority went on redirecting to itself
 * - `left_early`: the URL is not one of this authority
 */
export class VirtualBrowserError extends Error {
  readonly code: VirtualBrowserErrorCode
  /** Status of the page it ended at. */
  readonly status: number | undefined
  /** What a person reads on the page it ended at. */
  readonly text: string

  constructor(code: VirtualBrowserErrorCode, message: string, page?: { status: number; text: string }) {
    super(message)
    this.name = 'VirtualBrowserError'
    this.code = code
    this.status = page?.status
    this.text = page?.text ?? ''
  }
}
