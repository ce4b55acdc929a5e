// Claim: OidcClient hangs on a slow body past its time-out.
import { loadOidcClient } from './core-package.js'
import { createClient, openAuthority, outcome, record, startSignIn } from './test-authority.js'

const oidc = await loadOidcClient()
const LIMIT = 1
const WATCHED = 5000

/** Sends the status line, the headers and one byte, and then nothing. */
const stall = (_request, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).write('{')
/** Sends nothing at all. */
const silence = () => undefined

async function watch(token, settings) {
  const authority = await openAuthority({ token })
  const client = createClient(oidc, authority, settings)
  const { callback } = await startSignIn(client)
  const startedAt = performance.now()
  const result = await outcome(client.processSigninResponse(callback), WATCHED)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  authority.close()
  return {
    isPending: result.pending === true,
    text: result.pending
      ? `pending after ${seconds} s`
      : `${result.error.name} "${result.error.message}" after ${seconds} s`,
  }
}

const silent = await watch(silence, { requestTimeoutInSeconds: LIMIT })
record(`time-out ${LIMIT} s, no headers: ${silent.text}`, !silent.isPending)

const stalled = await watch(stall, { requestTimeoutInSeconds: LIMIT })
record(`time-out ${LIMIT} s, headers and one byte: ${stalled.text}`, stalled.isPending)

const unset = await watch(silence, {})
record(`no time-out set (the default), no headers: ${unset.text}`, unset.isPending)

const authority = await openAuthority({ token: silence })
const client = createClient(oidc, authority, { requestTimeoutInSeconds: LIMIT })
const state = { refresh_token: 'r', scope: 'openid', profile: {}, session_state: null }
const { pending } = await outcome(client.useRefreshToken({ state }), WATCHED)
record(
  `requestTimeoutInSeconds ${LIMIT}, a refresh without headers: ${pending ? 'pending' : 'settled'} after 5 s`,
  pending === true,
)
authority.close()
process.exit()
