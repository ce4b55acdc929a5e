// Claim: OidcClient never checks signature, iss, aud, exp, the callback's iss or the metadata issuer.
import { loadJose, loadOidcClient } from './core-package.js'
import {
  CLIENT_ID,
  createClient,
  openAuthority,
  outcome,
  record,
  sendJson,
  startSignIn,
  unsignedIdToken,
} from './test-authority.js'

const oidc = await loadOidcClient()
const jose = await loadJose()
const { privateKey } = await jose.generateKeyPair('RS256')

const now = Math.floor(Date.now() / 1000)
const honest = (issuer) => ({
  iss: issuer,
  aud: CLIENT_ID,
  sub: 'alice',
  nonce: 'n-1',
  iat: now,
  exp: now + 300,
})
const sign = (claims) =>
  new jose.SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'in-no-jwks' }).sign(privateKey)

async function signIn({ change = {}, toIdToken = sign, callbackIss, metadata, responseState }) {
  let idToken = ''
  const authority = await openAuthority({
    metadata,
    token: (_request, response) =>
      sendJson(response, { access_token: 'a', token_type: 'Bearer', id_token: idToken }),
  })
  idToken = await toIdToken({ ...honest(authority.origin), ...change })
  const client = createClient(oidc, authority)
  const { callback } = await startSignIn(client)
  const url = new URL(callback)
  if (callbackIss) url.searchParams.set('iss', callbackIss)
  if (responseState) url.searchParams.set('state', responseState)
  const { value, error } = await outcome(client.processSigninResponse(url.href))
  authority.close()
  const jwks = authority.requests.filter(({ path }) => path.includes('jwks')).length
  return {
    isAccepted: value?.profile.sub === 'alice',
    jwks,
    text: error ? `refused, "${error.message}"` : 'accepted',
  }
}

const other = 'https://evil.example'
const accepted = {
  'signed by a key that is in no JWKS': {},
  'alg none, no signature': { toIdToken: unsignedIdToken },
  'another iss': { change: { iss: other } },
  'no iss': { change: { iss: undefined } },
  'another aud': { change: { aud: 'app_456' } },
  'two aud, azp of another client': { change: { aud: [CLIENT_ID, 'app_456'], azp: 'app_456' } },
  'expired an hour ago': { change: { exp: now - 3600 } },
  'no exp, no iat': { change: { exp: undefined, iat: undefined } },
  'not valid for an hour yet (nbf)': { change: { nbf: now + 3600 } },
  'at_hash of another token': { change: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } },
  'another iss in the callback': { callbackIss: other },
  'no iss in the callback though the metadata promises one': {},
  'another issuer in the metadata': { metadata: { issuer: other } },
}
let jwksRequests = 0
for (const [title, lie] of Object.entries(accepted)) {
  const { isAccepted, jwks, text } = await signIn(lie)
  jwksRequests += jwks
  record(`${title}: ${text}`, isAccepted)
}
record(`requests for the JWKS in all of these: ${jwksRequests}`, jwksRequests === 0)

// What it does check.
const refused = {
  'another nonce': { change: { nonce: 'n-2' } },
  'no nonce': { change: { nonce: undefined } },
  'no sub': { change: { sub: undefined } },
  'an unknown state': { responseState: 'unknown' },
}
for (const [title, lie] of Object.entries(refused)) {
  const { isAccepted, text } = await signIn(lie)
  record(`${title}: ${text}`, !isAccepted)
}
