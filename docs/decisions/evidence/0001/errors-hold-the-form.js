// Claim: OidcClient puts the request form (verifier, refresh token) into its errors.
import { inspect } from 'node:util'
import { loadOidcClient } from './core-package.js'
import { createClient, openAuthority, outcome, record, sendJson, startSignIn } from './test-authority.js'

const oidc = await loadOidcClient()
const open = (status, body) =>
  openAuthority({ token: (_request, response) => sendJson(response, body, status) })

const authority = await open(400, { error: 'invalid_grant' })
const client = createClient(oidc, authority)
const { callback, verifier } = await startSignIn(client)
const { error } = await outcome(client.processSigninResponse(callback))
record(
  `error.form of a refused exchange: ${[...error.form.keys()].join(', ')}`,
  error.form.get('code_verifier') === verifier,
)
record(
  `what console.log prints holds the verifier: ${inspect(error).includes(verifier)}`,
  inspect(error).includes(verifier),
)
record(
  `JSON.stringify(error) holds it: ${JSON.stringify(error).includes(verifier)}`,
  !JSON.stringify(error).includes(verifier),
)

const state = { refresh_token: 'the-refresh-token', scope: 'openid', profile: {}, session_state: null }
const refresh = await outcome(client.useRefreshToken({ state }))
record(
  `error.form of a refused refresh has the token: ${refresh.error.form.get('refresh_token')}`,
  refresh.error.form.get('refresh_token') === 'the-refresh-token',
)
authority.close()

// Without an OAuth error the form is not there, but the whole body of the answer is in the message.
const echo = await open(500, { message: 'failed', received: { refresh_token: 'the-refresh-token' } })
const failed = await outcome(createClient(oidc, echo).useRefreshToken({ state }))
record(
  `500 with other JSON: form ${failed.error.form}, message "${failed.error.message}"`,
  failed.error.message.includes('the-refresh-token'),
)
echo.close()
