// Claim: `__proto__` in a token response switches the id_token checks of OidcClient off.
import { loadOidcClient } from './core-package.js'
import {
  createClient,
  openAuthority,
  outcome,
  record,
  sendJson,
  startSignIn,
  unsignedIdToken,
} from './test-authority.js'

const oidc = await loadOidcClient()

async function exchange(body) {
  const authority = await openAuthority({ token: (_request, response) => sendJson(response, body) })
  const client = createClient(oidc, authority)
  const { callback } = await startSignIn(client)
  const { value, error } = await outcome(client.processSigninResponse(callback))
  authority.close()
  return {
    profile: value?.profile,
    text: error ? `refused, "${error.message}"` : `accepted, profile ${JSON.stringify(value.profile)}`,
  }
}

const foreign = unsignedIdToken({ sub: 'mallory', nonce: 'of-another-sign-in' })
const tokens = `"access_token":"a","token_type":"Bearer"`

const control = await exchange(`{${tokens},"id_token":"${foreign}"}`)
record(`a foreign nonce: ${control.text}`, control.profile === undefined)

const polluted = await exchange(
  `{${tokens},"id_token":"${foreign}","profile":{"sub":"anyone"},"__proto__":{}}`,
)
record(`the same with "__proto__": {} and a profile: ${polluted.text}`, polluted.profile?.sub === 'anyone')

const without = await exchange(`{${tokens},"profile":{"sub":"anyone"},"__proto__":{}}`)
record(`"__proto__": {}, a profile, no id_token: ${without.text}`, without.profile?.sub === 'anyone')

const missing = await exchange(`{${tokens}}`)
record(`no id_token: ${missing.text}`, missing.profile === undefined)

// Not in the claim: no `__proto__` is needed for it.
const narrowed = await exchange(`{${tokens},"scope":"profile","profile":{"sub":"anyone"}}`)
record(`"scope": "profile", a profile, no id_token: ${narrowed.text}`, narrowed.profile?.sub === 'anyone')
