// Claim: OidcClient takes no `fetch`.
import { loadOidcClient } from './core-package.js'
import { createClient, openAuthority, outcome, record, sendJson, startSignIn } from './test-authority.js'

const oidc = await loadOidcClient()
const authority = await openAuthority({ token: (_request, response) => sendJson(response, {}, 400) })

let given = 0
const ours = (...parameters) => {
  given++
  return fetch(...parameters)
}
const inits = []
const theGlobal = globalThis.fetch
globalThis.fetch = (input, init) => {
  inits.push(init)
  return theGlobal(input, init)
}
const client = createClient(oidc, authority, { fetch: ours, customFetch: ours })
const { callback } = await startSignIn(client)
await outcome(client.processSigninResponse(callback))
globalThis.fetch = theGlobal
authority.close()

record(
  `a fetch in the settings was called ${given} times, the global one ${inits.length} times`,
  given === 0 && inits.length === 2,
)
const token = inits[1]
const named = ['redirect', 'cache', 'referrerPolicy', 'credentials'].map(
  (name) => `${name} ${token[name] ?? 'not set'}`,
)
record(`the token request has ${named.join(', ')}`, token.redirect === undefined && token.cache === undefined)
