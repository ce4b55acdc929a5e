import { html, type Html } from './html.js'
import { brandMark, createPage } from './page.js'

/** A page with one thing to say to the person in front of it. */
export function createMessagePage(headline: string, advice: string): Html {
  return createPage(
    `${headline} · Spatio (mock)`,
    html`<header class="card-header">
      ${brandMark}
      <h1>${headline}</h1>
      <p class="subtle">${advice}</p>
    </header>`,
  )
}
