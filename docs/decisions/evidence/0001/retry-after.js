// Claim: OidcClient hides Retry-After.
import { loadOidcClient } from './core-package.js'
import { createClient, openAuthority, outcome, record, sendJson } from './test-authority.js'

const oidc = await loadOidcClient()

const answers = {
  '429 with an OAuth error': { status: 429, body: { error: 'slow_down' } },
  '503 with other JSON': { status: 503, body: { message: 'busy' } },
  '503 with no body': { status: 503, body: '' },
}

for (const [title, { status, body }] of Object.entries(answers)) {
  const authority = await openAuthority({
    token: (_request, response) => sendJson(response, body, status, { 'retry-after': '7777' }),
  })
  const client = createClient(oidc, authority)
  const state = { refresh_token: 'r', scope: 'openid', profile: {}, session_state: null }
  const { error } = await outcome(client.useRefreshToken({ state }))
  const members = Object.getOwnPropertyNames(error).filter((name) => name !== 'stack')
  const everything = members.map((name) => String(error[name])).join(' ')
  const hasDelay = everything.includes('7777')
  const hasStatus = everything.includes(String(status))
  record(
    `${title}: ${error.name} "${error.message}", Retry-After ${hasDelay ? 'kept' : 'lost'}, status ${hasStatus ? 'in the message' : 'lost'}`,
    !hasDelay && hasStatus === (status === 503),
  )
  authority.close()
}
