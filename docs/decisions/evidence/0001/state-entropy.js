// Claim: OidcClient keeps a 122-bit state.
import { loadOidcClient } from './core-package.js'
import { createClient, openAuthority, record } from './test-authority.js'

const oidc = await loadOidcClient()
const authority = await openAuthority({ token: () => undefined })
// An empty store, or every request would look through all the states before it.
const stateStore = {
  set: async () => undefined,
  get: async () => null,
  remove: async () => null,
  getAllKeys: async () => [],
}
const client = createClient(oidc, authority, { stateStore })

const SAMPLES = 2000
const seen = Array.from({ length: 32 }, () => new Set())
for (let index = 0; index < SAMPLES; index++) {
  const { state } = await client.createSigninRequest({ id: 'mine', nonce: 'n' })
  if (index === 0)
    record(
      `a state: ${state.id.length} hex characters; the option id is ignored`,
      /^[0-9a-f]{32}$/.test(state.id),
    )
  ;[...state.id].forEach((character, place) => seen[place].add(character))
}
const bits = seen.reduce((sum, characters) => sum + Math.log2(characters.size), 0)
const fixed = seen.map((characters, place) => [place, characters.size]).filter(([, size]) => size < 16)
record(
  `${SAMPLES} states vary in ${bits} bits; short places: ${fixed.map(([place, size]) => `#${place} has ${size} values`).join(', ')}`,
  bits === 122,
)

const { url } = await client.createSigninRequest({})
record(
  `a nonce is sent unasked: ${new URL(url).searchParams.has('nonce')}`,
  !new URL(url).searchParams.has('nonce'),
)

const own = await oidc.SigninState.create({
  id: 'sp1.our-own-32-bytes',
  client_id: 'c',
  authority: 'a',
  redirect_uri: 'r',
  scope: 's',
})
record(`SigninState.create keeps the id it is given: ${own.id}`, own.id === 'sp1.our-own-32-bytes')
authority.close()
