import { createPageDraft, type ResponseDraft } from '../pipeline/response-draft.js'
import { html } from './html.js'
import { createPage } from './page.js'

/** A message as `postMessage` takes it, of JSON. */
export type WindowMessage = string | Readonly<Record<string, unknown>>

/** What the page posts and where it leads. */
export interface ForeignMessageContent {
  messages: readonly WindowMessage[]
  /** Stands in for `{callback}`. */
  callback: string
  /** Stands in for `{state}`. */
  state: string
  /** The true answer's URL. */
  location: string
  issuer: string
}

/** Path of the script below the issuer. */
export const foreignMessageScriptPath = '/assets/foreign-message.js'

/** The script: a file of its own, since no page has one inline. It posts from the authority's origin. */
export const foreignMessageScript: string = `
const { messages, target } = document.currentScript.dataset
const listener = window.opener ?? (window.parent === window ? undefined : window.parent)
for (const message of JSON.parse(messages)) listener?.postMessage(message, '*')
location.replace(target)
`

/** A page that posts forged answers to the window that waits, then goes on to the true one. */
export function createForeignMessageDraft(content: ForeignMessageContent): ResponseDraft {
  const { callback, state, location, issuer } = content
  const messages = JSON.stringify(content.messages)
    .replaceAll('{callback}', toJsonText(callback))
    .replaceAll('{state}', toJsonText(state))
  const script = `${new URL(issuer).pathname.replace(/\/$/, '')}${foreignMessageScriptPath}`
  const page = createPage(
    'Signing in · Spatio (mock)',
    html`<p>Signing in…</p>
      <script src="${script}" data-messages="${messages}" data-target="${location}"></script>`,
  )
  const draft = createPageDraft(200, page)
  // It has to run in the client's iframe as well, so no frame-ancestors; its icon is a data: URL.
  const policy = ["default-src 'none'", "script-src 'self'", "style-src 'self'", 'img-src data:']
  draft.headers.set(
    'Content-Security-Policy',
    [...policy, "base-uri 'none'", "form-action 'none'"].join('; '),
  )
  draft.headers.delete('X-Frame-Options')
  return draft
}

/** Text as it stands between the quotes of a JSON string. */
function toJsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
