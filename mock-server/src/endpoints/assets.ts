import type { ResponseDraft } from '../pipeline/response-draft.js'
import { foreignMessageScript } from '../pages/foreign-message-page.js'
import { html } from '../pages/html.js'
import { toInitials } from '../pages/initials.js'
import { stylesheet } from '../pages/stylesheet.js'
import { ApiError } from '../protocol/api-error.js'
import { getUserLabel } from '../stores/user-store.js'
import type { EndpointHandler } from './endpoint-handler.js'

/** `GET /assets/mock-server.css`: the stylesheet of the pages. */
export const processStylesheetRequest: EndpointHandler = () =>
  createAssetDraft('text/css; charset=utf-8', stylesheet)

/** `GET /assets/foreign-message.js`: the script of the one page that has one, which only a fault shows. */
export const processForeignMessageScriptRequest: EndpointHandler = () =>
  createAssetDraft('text/javascript; charset=utf-8', foreignMessageScript)

/** `GET /avatars/{sub}.svg`: a user's picture, drawn from the initials. */
export const processAvatarRequest: EndpointHandler = (exchange, authority) => {
  const sub = exchange.pathParameters['file']?.replace(/\.svg$/, '') ?? ''
  const user = authority.users.get(sub)
  if (!user) throw new ApiError(404, 'not_found', 'There is no such picture')
  const picture = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">
    <rect width="96" height="96" fill="#5b3fd6" />
    <text
      x="48"
      y="60"
      text-anchor="middle"
      font-family="system-ui, sans-serif"
      font-size="36"
      font-weight="600"
      fill="#fff"
    >
      ${toInitials(getUserLabel(user))}
    </text>
  </svg>`
  return createAssetDraft('image/svg+xml', picture.text)
}

function createAssetDraft(mediaType: string, text: string): ResponseDraft {
  const headers = new Headers({
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': "default-src 'none'",
  })
  return { status: 200, headers, body: { kind: 'text', mediaType, text } }
}
