import { createHash, randomBytes } from 'node:crypto'
import { INVOCATION } from '../../invocation.js'
import type { Check } from '../check.js'
import { failed, passed, skipped, type Finding } from '../finding.js'
import { probe, type Answer } from '../probe.js'

/** What `prompt=none` is answered with for somebody without a session (OIDC Core 3.1.2.6): the request itself is right. */
const EXPECTED = ['login_required', 'consent_required', 'interaction_required', 'account_selection_required']

/** The request a sign-in starts with, which shows nothing and signs nobody in. */
export const authorizeAccepts: Check = {
  id: 'authorize-accepts',
  title: 'The authority knows the client and its redirect URI',
  run: async ({ clientId, redirectUri, endpoint }) => {
    if (clientId === undefined)
      return skipped('needs --client-id, or VITE_SPATIO_CLIENT_ID in an env file of this folder')
    if (redirectUri === undefined) return skipped('needs --redirect-uri or --origin')
    const url = await endpoint('authorization_endpoint')
    if (url === null) return skipped('needs authorization_endpoint in the metadata')
    const state = randomBytes(32).toString('base64url')
    const answer = await probe(toRequest(url, { clientId, redirectUri, state }))
    return judge(answer, { clientId, redirectUri, state })
  },
}

interface Request {
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
}

function toRequest(endpoint: string, { clientId, redirectUri, state }: Request): string {
  const url = new URL(endpoint)
  const verifier = randomBytes(32).toString('base64url')
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    state,
    nonce: randomBytes(32).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    prompt: 'none',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

function judge(answer: Answer, { clientId, redirectUri, state }: Request): Finding {
  if (answer.kind === 'failed')
    return failed(`the authorization endpoint: ${answer.reason}`, 'Make the authorization endpoint answer.')
  const location = answer.headers.get('location')
  if (answer.status < 300 || answer.status > 399 || location === null) {
    // Who does not know where to send the user back to must not redirect (RFC 6749 4.1.2.1).
    if (answer.status >= 400 && answer.status < 500)
      return failed(
        `client ${clientId} with ${redirectUri} is refused with ${answer.status}`,
        `Compare both with the registration, character by character: the slash at the end counts. New app? ${INVOCATION} register`,
      )
    return failed(
      `the authorization endpoint answers ${answer.status} instead of a redirect`,
      'With prompt=none it must answer by a redirect (OIDC Core 3.1.2.6); look at the authority.',
    )
  }
  return judgeRedirect(new URL(location, redirectUri), { clientId, redirectUri, state })
}

function judgeRedirect(target: URL, { redirectUri, state }: Request): Finding {
  const expected = new URL(redirectUri)
  if (target.origin !== expected.origin || target.pathname !== expected.pathname)
    return failed(
      `prompt=none leads to ${target.origin}${target.pathname} instead of the redirect URI`,
      'The authority shows a page where it may show none; look at the authority.',
    )
  if (target.searchParams.get('state') !== state)
    return failed('the answer does not carry the state that was sent', 'Correct the authority.')
  const error = target.searchParams.get('error')
  if (error === null || EXPECTED.includes(error)) return passed(redirectUri)
  const description = target.searchParams.get('error_description') ?? ''
  return failed(
    `the authority answers ${error}${description === '' ? '' : `: ${description.slice(0, 200)}`}`,
    FIXES[error] ?? 'Look at how the client is registered.',
  )
}

/** By the error of RFC 6749 4.1.2.1. */
const FIXES: Readonly<Record<string, string>> = {
  invalid_scope: 'Register the client for openid, profile and email, or ask for less with the option scope.',
  unauthorized_client: 'Register the client for the grant authorization_code.',
  server_error: 'The authority has a fault of its own; try again later.',
  temporarily_unavailable: 'The authority is not available; try again later.',
}
