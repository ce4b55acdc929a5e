// @vitest-environment happy-dom
import { caseTest } from '@spatio-labs/cases'
import { createMockServer, type MockServer } from '@spatio-labs/mock-server'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { createSpatioAuth } from '../src/client/create-spatio-auth.js'
import type { SpatioAuth } from '../src/client/spatio-auth.js'

const APP = `${location.origin}/`
const SECRET_NAMES = /^(code|code_verifier|state|nonce|access_token|refresh_token|id_token)$/
const { happyDOM } = window as unknown as {
  happyDOM: {
    setURL: (url: string) => void
    settings: { disableIframePageLoading: boolean }
  }
}

let mock: MockServer
/** Who is signed in at the authority stays so. */
let person: ReturnType<MockServer['browser']>
let assigned: string[]
/** Every text and attribute that was ever in the document. */
let seen: string[]
let observer: MutationObserver
const secrets = new Map<string, string>()

beforeEach(() => {
  // The page of a frame stays out; the test answers for it.
  happyDOM.settings.disableIframePageLoading = true
  document.body.innerHTML = '<main>The app</main>'
  const redirectUris = [APP, `${APP}relay.html`]
  mock = createMockServer({ clients: [{ client_id: 'dom', redirect_uris: redirectUris }] })
  person = mock.browser()
  secrets.clear()
  seen = []
  assigned = []
  vi.spyOn(window.location, 'assign').mockImplementation((url) => void assigned.push(String(url)))
  observer = new MutationObserver(() => seen.push(document.documentElement.outerHTML))
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
})
afterEach(() => {
  observer.disconnect()
  vi.restoreAllMocks()
  sessionStorage.clear()
  localStorage.clear()
  happyDOM.setURL(APP)
})

function learn(params: Iterable<readonly [string, string]>): void {
  for (const [name, value] of params)
    if (SECRET_NAMES.test(name) && value.length >= 16) secrets.set(value, name)
}

const send: typeof fetch = async (input, init) => {
  const request = new Request(input, init)
  if (request.url.startsWith(APP)) return new Response(null, { headers: { date: new Date().toUTCString() } })
  learn(new URLSearchParams(await request.clone().text()))
  request.headers.set('origin', location.origin)
  const response = await mock.fetch(request)
  const text = await response.clone().text()
  learn([...text.matchAll(/"(\w+)":"([^"]+)"/g)].map(([, name = '', value = '']) => [name, value]))
  return response
}

function openApp(): SpatioAuth {
  return createSpatioAuth({ clientId: 'dom', issuer: mock.issuer, relayPath: '/relay.html', fetch: send })
}

/** What the authority answers in the address bar or in a frame. */
async function visit(url: string): Promise<string> {
  learn(new URL(url).searchParams)
  const callback = (await person.signIn(url)).href
  learn(new URL(callback).searchParams)
  return callback
}

async function signIn(): Promise<SpatioAuth> {
  void openApp().signIn()
  // A machine that is busy is no failure.
  await vi.waitFor(() => expect(assigned).toHaveLength(1), { timeout: 10_000 })
  happyDOM.setURL(await visit(assigned.pop() ?? ''))
  const auth = openApp()
  await auth.ready()
  return auth
}

/** Everything of the page that a script, a user or a screenshot can read. */
function page(): string {
  const { href } = location
  const rest = [href, document.title, document.cookie, window.name, JSON.stringify(history.state)]
  return [document.documentElement.outerHTML, ...rest].join('\n')
}

function namesIn(text: string): string[] {
  return [...secrets].filter(([secret]) => text.includes(secret)).map(([, name]) => name)
}

caseTest('LEAK-10', 'leaves no secret in the document of a redirect sign-in and what follows', async () => {
  const auth = await signIn()
  expect(auth.getSnapshot()).toMatchObject({ status: 'authenticated' })
  await auth.getAccessToken({ forceRefresh: true })
  await auth.getUserInfo()
  expect(namesIn(page())).toEqual([])
  await auth.signOut()
  expect([...new Set(secrets.values())].sort()).toEqual([
    'access_token',
    'code',
    'code_verifier',
    'id_token',
    'nonce',
    'refresh_token',
    'state',
  ])
  expect(namesIn(page() + seen.join('\n'))).toEqual([])
})

caseTest('LEAK-10', 'leaves no secret in the document of a refused callback', async () => {
  mock.fault('id.nonce.wrong')
  const auth = await signIn()
  expect(auth.getSnapshot()).toMatchObject({ error: { code: 'id_token_nonce_mismatch' } })
  expect([...secrets.values()]).toContain('id_token')
  expect(namesIn(page() + seen.join('\n'))).toEqual([])
})

caseTest(
  'LEAK-10',
  'shows in the frame of a silent sign-in its request only, and takes the frame away',
  async () => {
    const auth = await signIn()
    const result = auth.signIn({ mode: 'iframe' })
    const frame = await vi.waitUntil(() => document.querySelector('iframe'), { timeout: 10_000 })
    // A consent is for a redirect URI, and this one has none yet.
    await person.signIn(frame.src.replace('prompt=none', 'prompt=consent'))
    const callback = new URL(await visit(frame.src))
    const message = { data: { query: callback.search.slice(1) }, origin: location.origin }
    window.dispatchEvent(Object.assign(new Event('message'), message, { source: frame.contentWindow }))
    await expect(result).resolves.toMatchObject({ status: 'authenticated' })
    expect(document.querySelector('iframe')).toBeNull()
    expect(namesIn(page())).toEqual([])
    // What the authority is asked is in the frame's address while it is asked, as it is in a window's.
    expect([...new Set(namesIn(seen.join('\n')))].sort()).toEqual(['nonce', 'state'])
  },
)
