import type { AuthorizationRequest } from '../protocol/authorization-request.js'
import { getScopeLabel, type ScopeLabels } from '../protocol/scope.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { getUserLabel, type MockUser } from '../stores/user-store.js'
import { html, type Html } from './html.js'
import { toInitials } from './initials.js'
import { brandMark, createPage } from './page.js'

/** What the consent page shows and posts. */
export interface ConsentPageContent {
  client: RegisteredClient
  request: AuthorizationRequest
  users: readonly MockUser[]
  /** Who is signed in at the authority in this browser. */
  signedInSub: string | undefined
  /** True when the user has to sign in again even so. */
  isLoginNeeded: boolean
  scopes: ScopeLabels
  /** The signed request, posted back as it is. */
  jwt: string
  csrfToken: string
  /** Names of the faults to pick from; undefined shows no picker. */
  faults: readonly string[] | undefined
}

/** The page on which a person picks who they are and allows or denies the app. */
export function createConsentPage(content: ConsentPageContent): Html {
  const { client, request } = content
  const host = getRedirectHost(request.redirectUri)
  const title = `Sign in to ${client.client_name}`
  return createPage(
    `${title} · Spatio (mock)`,
    html`<header class="card-header">
        ${brandMark}
        <h1>Sign in to <span class="client-name">${client.client_name}</span></h1>
        <p class="subtle">You will return to <strong class="host">${host}</strong></p>
      </header>
      <form method="post" action="authorize/confirm" autocomplete="off">
        <input type="hidden" name="request" value="${content.jwt}" />
        <input type="hidden" name="csrf" value="${content.csrfToken}" />
        ${createUserPicker(content)} ${createScopeList(request.scope, content.scopes, client.client_name)}
        ${createFaultPicker(content.faults)}
        <div class="actions">
          <button class="primary" type="submit" name="decision" value="allow">Allow</button>
          <button class="secondary" type="submit" name="decision" value="deny">Deny</button>
        </div>
      </form>
      <footer class="subtle">
        Deny if you did not just click “Sign in” at ${host}.${createPolicyLinks(client)}
      </footer>`,
  )
}

function createUserPicker(content: ConsentPageContent): Html {
  const { users, signedInSub } = content
  const preselected = users.some((user) => user.sub === signedInSub) ? signedInSub : users[0]?.sub
  const note = signedInSub !== undefined && content.isLoginNeeded ? 'Confirm who you are' : 'Continue as'
  return html`<fieldset>
    <legend>${note}</legend>
    ${users.map((user) => createUserCard(user, user.sub === preselected, user.sub === signedInSub))}
  </fieldset>`
}

function createUserCard(user: MockUser, isPreselected: boolean, isSignedIn: boolean): Html {
  const label = getUserLabel(user)
  return html`<label class="user">
    <input
      type="radio"
      name="user"
      value="${user.sub}"
      required${isPreselected ? html` checked` : undefined}
    />
    <span class="avatar" aria-hidden="true">${toInitials(label)}</span>
    <span class="user-text"
      ><span class="user-name">${label}</span> <span class="subtle">${user.email ?? user.sub}</span></span
    >
    ${isSignedIn ? html`<span class="badge">Signed in</span>` : undefined}
  </label>`
}

function createFaultPicker(faults: readonly string[] | undefined): Html | undefined {
  if (!faults) return undefined
  return html`<p class="mishap">
    <label for="fault">What goes wrong next</label>
    <select id="fault" name="fault">
      <option value="">Nothing</option>
      ${faults.map((name) => html`<option value="${name}">${name}</option>`)}
    </select>
  </p>`
}

function createScopeList(scope: string, labels: ScopeLabels, clientName: string): Html {
  const tokens = scope.split(' ').filter((token) => token !== '')
  return html`<section aria-labelledby="scopes">
    <h2 id="scopes">${clientName} will be able to</h2>
    <ul class="scopes">
      ${tokens.map((token) => html`<li><span>${getScopeLabel(labels, token)}</span> <code>${token}</code></li>`)}
    </ul>
  </section>`
}

function createPolicyLinks(client: RegisteredClient): Html | undefined {
  const links: [string, string | undefined][] = [
    ['Privacy policy', client.policy_uri],
    ['Terms', client.tos_uri],
  ]
  return html`${links.map(([label, href]) =>
    // Registration takes https links only; this keeps a seeded client's `javascript:` out as well.
    href !== undefined && /^https?:\/\//i.test(href)
      ? html` <a href="${href}" rel="noreferrer">${label}</a>`
      : undefined,
  )}`
}

function getRedirectHost(redirectUri: string): string {
  const url = new URL(redirectUri)
  return url.host || url.protocol
}
