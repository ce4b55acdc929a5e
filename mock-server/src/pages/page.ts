import { html, type Html } from './html.js'

/** Path of the stylesheet below the issuer. */
export const stylesheetPath = '/assets/mock-server.css'

/** A whole page: the frame every page of the authority shares. */
export function createPage(title: string, content: Html, stylesheetHref: string = besideOAuthPages): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${stylesheetHref}" />
      </head>
      <body>
        <header class="mock-notice">
          <strong>Mock Spatio.</strong> For demos and tests. No password, no real account.
        </header>
        <main class="card">${content}</main>
      </body>
    </html> `
}

// Relative, so that an issuer with a path works as well: from /oauth2/consent it is /assets/…, from
// /oauth2/authorize/confirm it is /oauth2/assets/…, and both are served.
const besideOAuthPages = `..${stylesheetPath}`

/** The mark at the top of a card. */
export const brandMark: Html = html`<svg
  class="mark"
  viewBox="0 0 32 32"
  width="40"
  height="40"
  aria-hidden="true"
  focusable="false"
>
  <rect width="32" height="32" rx="9" />
  <path
    d="M21 11.2c-1-1.6-2.8-2.4-5-2.4-3 0-5.2 1.5-5.2 3.8 0 5.3 10.7 2.3 10.7 7.2 0 2.200-2.3 3.7-5.5 3.7-2.6 0-4.700-1-5.7-2.8"
    fill="none"
    stroke-width="2.6"
    stroke-linecap="round"
  />
</svg>`
