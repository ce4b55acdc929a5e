// What SigninState, SigninResponse and WebStorageStateStore do for us, and what we have to know about them.
import { createHash } from 'node:crypto'
import { loadOidcClient } from './core-package.js'
import { record } from './test-authority.js'

const { SigninState, SigninResponse, WebStorageStateStore, InMemoryWebStorage } = await loadOidcClient()

const verifier = 'v'.repeat(43)
const state = await SigninState.create({
  id: 'sp1.own',
  nonce: 'n-1',
  code_verifier: verifier,
  created: 1_700_000_000,
  authority: 'https://api.spatio.app',
  client_id: 'app_123',
  redirect_uri: 'https://app.example/',
  scope: 'openid',
  data: { returnTo: '/notes' },
})
const s256 = createHash('sha256').update(verifier).digest('base64url')
record(
  `S256 challenge of our own verifier: ${state.code_challenge === s256 ? 'right' : 'wrong'}`,
  state.code_challenge === s256,
)
const text = state.toStorageString()
record(
  `the record holds ${Object.keys(JSON.parse(text)).join(', ')}`,
  !text.includes(s256) && text.includes(verifier),
)

const store = new WebStorageStateStore({ prefix: 'ours:', store: new InMemoryWebStorage() })
await store.set(state.id, text)
const keys = await store.getAllKeys()
const restored = await SigninState.fromStorageString(await store.remove(state.id))
record(
  `store: keys ${keys}, removed and restored ${restored.id}, then ${await store.get(state.id)}`,
  restored.nonce === 'n-1',
)

// The stored record is parsed without a look at its types.
const odd = await SigninState.fromStorageString('{"id":7,"code_verifier":["a"],"nonce":{}}')
record(
  `a record of wrong types is taken: id ${JSON.stringify(odd.id)}, nonce ${JSON.stringify(odd.nonce)}`,
  odd.id === 7,
)

const read = (query) => new SigninResponse(new URLSearchParams(query))
const twice = read('code=a&code=b&state=x')
record(`two codes: the first is taken, ${twice.code}`, twice.code === 'a')
const suffixed = read('code=a&state=sp1.own%3Bx')
record(`the state "sp1.own;x" is read as ${suffixed.state}`, suffixed.state === 'sp1.own')
const encoded = read('code=a&state=sp1%252Eown')
record(`the state "sp1%2Eown" is decoded a second time: ${encoded.state}`, encoded.state === 'sp1.own')
let thrown = null
try {
  read('code=a&state=sp1.%25zz')
} catch (error) {
  thrown = error
}
record(`the state "sp1.%zz": ${thrown?.name} "${thrown?.message}"`, thrown instanceof URIError)
record(
  `the iss of a callback is kept: ${'iss' in read('code=a&state=x&iss=https%3A%2F%2Fa.example')}`,
  !('iss' in read('iss=x')),
)
