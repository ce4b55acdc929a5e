import type { MockServer } from '../mock-server.js'

/** What the start tells besides what the mock knows of itself. */
export interface BannerFacts {
  log: 'text' | 'json'
  state: string | undefined
  seed: string | undefined
}

/** What is printed once the port is open: text, or a line of JSON where every line is JSON. */
export function createBanner(mock: MockServer, { log, state, seed }: BannerFacts): string {
  const { issuer } = mock
  if (log === 'json') return `${JSON.stringify({ event: 'listening', issuer, state, seed })}\n`
  const users = mock.users.list().map((user) => user.name ?? user.email ?? user.sub)
  const clients = mock.clients
    .list()
    .map((client) => `${client.client_id} -> ${client.redirect_uris.join(', ')}`)
  const now = new Date(mock.clock.now()).toISOString()
  return `
  MOCK SPATIO AUTHORITY: for demos and tests only.
  It signs anyone in without a password, with keys everybody has.

  issuer     ${issuer}
  discovery  ${issuer}/.well-known/openid-configuration
  users      ${users.join(', ')}
  clients    ${clients.join('\n             ')}
${state === undefined ? '' : `  state      ${state}\n`}${seed === undefined ? '' : `  seed       ${seed}; it is ${now}\n`}
`
}
