// Why not UserManager: two tabs over one store send the same refresh token.
import { loadOidcClient } from './core-package.js'
import { CLIENT_ID, openAuthority, outcome, record, REDIRECT_URI, sendJson } from './test-authority.js'

const { UserManager, User, WebStorageStateStore, InMemoryWebStorage } = await loadOidcClient()
// UserManager names `window` when it is built; nothing of it is used by a refresh.
globalThis.window = {
  location: new URL(REDIRECT_URI),
  localStorage: new InMemoryWebStorage(),
  sessionStorage: new InMemoryWebStorage(),
}

let live = 'r-0'
let count = 0
const authority = await openAuthority({
  token: async (_request, response, body) => {
    const sent = new URLSearchParams(body).get('refresh_token')
    await new Promise((resolve) => setTimeout(resolve, 50))
    if (sent !== live) return sendJson(response, { error: 'invalid_grant' }, 400)
    live = `r-${++count}`
    sendJson(response, {
      access_token: `a-${count}`,
      token_type: 'Bearer',
      expires_in: 60,
      refresh_token: live,
    })
  },
})

const shared = new InMemoryWebStorage()
const openTab = () =>
  new UserManager({
    authority: authority.origin,
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    userStore: new WebStorageStateStore({ store: shared }),
    stateStore: new WebStorageStateStore({ store: shared }),
    automaticSilentRenew: false,
  })
const tabs = [openTab(), openTab()]
const user = {
  access_token: 'a-0',
  token_type: 'Bearer',
  refresh_token: 'r-0',
  scope: 'offline_access',
  profile: { sub: 'alice' },
}
await tabs[0].storeUser(new User(user))

const results = await Promise.all(tabs.map((tab) => outcome(tab.signinSilent())))
const sent = authority.requests
  .filter(({ method }) => method === 'POST')
  .map(({ body }) => new URLSearchParams(body).get('refresh_token'))
const seen = results.map(({ value, error }) => (error ? `refused "${error.message}"` : value.access_token))
record(
  `two tabs refresh at once: sent ${sent.join(' and ')}; got ${seen.join(' and ')}`,
  sent.length === 2 && sent[0] === sent[1],
)
authority.close()
