import type { UntrustedProblem } from '../protocol/authorization-request.js'
import type { RequestParameters } from '../protocol/request-parameters.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { html, type Html } from './html.js'
import { brandMark, createPage } from './page.js'

/** What the page knows of a request that must not be redirected. */
export interface AuthorizeErrorContent {
  problem: UntrustedProblem
  client: RegisteredClient | undefined
  query: RequestParameters
}

const headlines: Readonly<Record<UntrustedProblem, string>> = {
  malformed: 'The sign-in link is not well formed',
  repeated: 'The sign-in link says the same thing twice',
  'client-missing': 'The sign-in link names no app',
  'client-unknown': 'This app is not registered',
  'redirect-missing': 'The sign-in link has no way back',
  'redirect-unregistered': 'This app may not send you back there',
}

/**
 * The page for a request whose client or redirect URI cannot be trusted: nothing is redirected anywhere (OAuth
 * 2.1 4.1.2.1). It tells a developer what was sent, what is registered and which line to change.
 */
export function createErrorPage(content: AuthorizeErrorContent): Html {
  const headline = headlines[content.problem]
  return createPage(
    `${headline} · Spatio (mock)`,
    html`<header class="card-header">
        ${brandMark}
        <h1>${headline}</h1>
        <p class="subtle">
          You were not signed in, and nothing was sent anywhere. Go back to the app and try again.
        </p>
      </header>
      <section aria-labelledby="developer">
        <h2 id="developer">For the app’s developer</h2>
        <dl class="facts">${createFacts(content)}</dl>
        ${createHint(content)}
      </section>`,
  )
}

function createFacts({ client, query }: AuthorizeErrorContent): Html {
  const registered = client?.redirect_uris.map((redirectUri) => html`<code>${redirectUri}</code>`)
  return html`<dt>Sent <code>client_id</code></dt>
    <dd>${createValue(query.get('client_id'))}</dd>
    <dt>Sent <code>redirect_uri</code></dt>
    <dd>${createValue(query.get('redirect_uri'))}</dd>
    ${
      registered
        ? html`<dt>Registered for this client</dt>
            <dd>${registered}</dd>`
        : undefined
    }`
}

function createHint({ problem, client, query }: AuthorizeErrorContent): Html {
  const clientId = query.get('client_id') ?? 'demo-app'
  const redirectUri = query.get('redirect_uri') ?? 'http://localhost:5173/'
  if (problem === 'redirect-unregistered' || problem === 'client-unknown') {
    const advice =
      problem === 'client-unknown'
        ? 'Send the client_id of a registered client, or register this one:'
        : 'Redirect URIs are compared character by character. Send a registered one, or register this one:'
    const redirectUris = [...(client?.redirect_uris ?? []), redirectUri]
    const list = redirectUris.map((uri) => JSON.stringify(uri)).join(', ')
    return html`<p>${advice}</p>
      <pre><code>clients: [{ client_id: ${JSON.stringify(clientId)}, redirect_uris: [${list}] }]</code></pre>
      ${createFlags(clientId, redirectUris)}`
  }
  if (problem === 'malformed') return html`<p>Encode every parameter once, as URLSearchParams does.</p>`
  if (problem === 'repeated')
    return html`<p>Send <code>client_id</code> and <code>redirect_uri</code> once each.</p>`
  return html`<p>Add the missing parameter to the authorization URL. Both are always required.</p>`
}

/** What a shell would read otherwise than it stands there is not offered: it comes out of a link. */
const PLAIN_ARGUMENT = /^[\w.:/-]+$/

/** The same for who has started the command. */
function createFlags(clientId: string, redirectUris: string[]): Html | undefined {
  if (![clientId, ...redirectUris].every((value) => PLAIN_ARGUMENT.test(value))) return undefined
  const flags = redirectUris.map((uri) => ` --redirect-uri ${uri}`).join('')
  return html`<p>Or start the mock with:</p>
    <pre><code>--client ${clientId}${flags}</code></pre>`
}

function createValue(value: string | undefined): Html {
  return value === undefined ? html`<em>nothing</em>` : html`<code>${value}</code>`
}
