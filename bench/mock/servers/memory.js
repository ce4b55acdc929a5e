// 100,000 refreshes in one process, no socket and no signatures; 36 s pass between two, so that records expire.
import { createHash } from 'node:crypto'
import { createMockServer } from '@spatio-labs/mock-server'

const refreshes = 100_000
const redirectUri = 'http://127.0.0.1:5199/'
const verifier = 'v'.repeat(43)
let now = Date.now()
const mock = createMockServer({
  clock: () => now,
  autoConsent: true,
  // Without an end to the family: 100,000 times 36 s are more than a month.
  refreshTokenLifetime: 365 * 86_400,
  clients: [{ client_id: 'bench', redirect_uris: [redirectUri] }],
})

/** @param {Record<string, string>} form @returns {Promise<{ refresh_token: string }>} */
async function postToken(form) {
  const body = new URLSearchParams({ client_id: 'bench', ...form })
  const response = await mock.fetch(new Request(`${mock.issuer}/oauth2/token`, { method: 'POST', body }))
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return response.json()
}

/** @param {string} token @param {number} count */
async function refreshMany(token, count) {
  let current = token
  for (let index = 0; index < count; index += 1) {
    now += 36_000
    const { refresh_token: next } = await postToken({ grant_type: 'refresh_token', refresh_token: current })
    current = next
  }
  return current
}

function measureHeap() {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

const query = new URLSearchParams({
  client_id: 'bench',
  redirect_uri: redirectUri,
  response_type: 'code',
  scope: 'read:*',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
})
const answer = await mock.fetch(new Request(`${mock.issuer}/oauth2/authorize?${query}`))
const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
const first = await postToken({
  grant_type: 'authorization_code',
  code,
  code_verifier: verifier,
  redirect_uri: redirectUri,
})
// Two idle lifetimes (14 days) of refreshes fill the stores as far as they ever fill.
const warm = await refreshMany(first.refresh_token, 67_200)
const before = measureHeap()
await refreshMany(warm, refreshes)
console.log(JSON.stringify({ refreshes, before, after: measureHeap() }))
