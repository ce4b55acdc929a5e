// Claim: OidcClient forwards the code and the code_verifier (and on refresh the refresh token) on a 307.
import { loadOidcClient } from './core-package.js'
import {
  createClient,
  openAuthority,
  openServer,
  outcome,
  record,
  sendJson,
  startSignIn,
} from './test-authority.js'

const oidc = await loadOidcClient()

for (const status of [307, 308, 302]) {
  const stranger = await openServer((_request, response) => sendJson(response, { error: 'thank_you' }, 400))
  const authority = await openAuthority({
    token: (_request, response) => response.writeHead(status, { location: `${stranger.origin}/take` }).end(),
  })
  const client = createClient(oidc, authority)

  const { callback, verifier } = await startSignIn(client)
  await outcome(client.processSigninResponse(callback))
  const taken = stranger.requests[0]
  const form = new URLSearchParams(taken?.body)
  const isForwarded = form.get('code') === 'the-code' && form.get('code_verifier') === verifier
  const seen = `${taken?.method} with ${[...form.keys()].join(', ') || 'no body'}`
  record(`${status} on the code exchange: the other origin got ${seen}`, isForwarded === status > 302)

  const state = { refresh_token: 'the-refresh-token', scope: 'openid', profile: {}, session_state: null }
  await outcome(client.useRefreshToken({ state }))
  const refresh = new URLSearchParams(stranger.requests[1]?.body)
  const isRefreshForwarded = refresh.get('refresh_token') === 'the-refresh-token'
  const keys = [...refresh.keys()].join(', ') || 'no body'
  record(
    `${status} on the refresh: the other origin got ${stranger.requests[1]?.method} with ${keys}`,
    isRefreshForwarded === status > 302,
  )

  authority.close()
  stranger.close()
}

// The other half: what `redirect: 'manual'` does with the same answer.
const authority = await openAuthority({
  token: (_request, response) => response.writeHead(307, { location: '/elsewhere' }).end(),
})
const response = await fetch(`${authority.origin}/oauth2/token`, {
  method: 'POST',
  body: 'code=the-code',
  redirect: 'manual',
})
record(
  `fetch with redirect 'manual': ${authority.requests.length} request, type ${response.type}, status ${response.status}`,
  authority.requests.length === 1,
)
authority.close()
