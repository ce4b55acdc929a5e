import { html, type Html } from './html.js'
import { brandMark, createPage, stylesheetPath } from './page.js'

/** Where the documentation is published. */
const docs = 'https://docs.spatio.app/auth'

/** The page for a person who opens the address of the authority: what it is, and where to look. */
export function createHomePage(issuer: string): Html {
  // The issuer itself and the issuer with a slash both lead here, and a relative URL would differ between them.
  const stylesheetHref = `${new URL(issuer).pathname.replace(/\/$/, '')}${stylesheetPath}`
  return createPage(
    'Spatio (mock)',
    html`<header class="card-header">
        ${brandMark}
        <h1>This is a mock of Spatio</h1>
        <p class="subtle">
          A sign-in authority for development and tests only. It signs anyone in without a password, with keys
          that everybody has: no sign-in here is a real one.
        </p>
      </header>
      <section aria-labelledby="addresses">
        <h2 id="addresses">For your app</h2>
        <dl class="facts">
          <dt>Issuer</dt>
          <dd><code>${issuer}</code></dd>
          <dt>Discovery document</dt>
          <dd>${createLink(issuer, '/.well-known/openid-configuration')}</dd>
          <dt>Keys (JWKS)</dt>
          <dd>${createLink(issuer, '/.well-known/jwks.json')}</dd>
        </dl>
      </section>
      <section aria-labelledby="faults">
        <h2 id="faults">Everything that can go wrong, by name</h2>
        <pre><code>npx @spatio-labs/mock-server faults</code></pre>
      </section>
      <footer class="subtle">
        Documentation: <a href="${docs}/reference/mock-server" rel="noreferrer">this mock</a>,
        <a href="${docs}/faults" rel="noreferrer">its faults</a>,
        <a href="${docs}/" rel="noreferrer">how to start</a>
      </footer>`,
    stylesheetHref,
  )
}

function createLink(issuer: string, path: string): Html {
  return html`<a href="${issuer}${path}">${path}</a>`
}
