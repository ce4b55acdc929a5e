import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { answerEndpoint } from './kit/forge.js'
import { ISSUER, World, type Page } from './kit/world.js'

const NOTES = `${ISSUER}/v1/notes`
const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error)
const signInForNotes = (world: World): Promise<Page> => world.signIn(undefined, { scope: 'openid read:*' })

/** Answers 401 `times` times, then lets the request through; tells the tokens and bodies that came. */
function refuseTokens(
  world: World,
  times: number,
  challenge = 'Bearer error="invalid_token"',
): { readonly tokens: string[]; readonly bodies: string[] } {
  const seen = { tokens: [] as string[], bodies: [] as string[] }
  world.intercepts.push((request) => {
    if (request.url !== NOTES) return undefined
    return request.text().then((body) => {
      seen.bodies.push(body)
      seen.tokens.push(request.headers.get('authorization') ?? '')
      const isRefused = seen.tokens.length <= times
      return new Response('{}', { status: isRefused ? 401 : 200, headers: { 'www-authenticate': challenge } })
    })
  })
  return seen
}

it('gives the second 401 to the app, after one refresh and one retry', async () => {
  const world = new World()
  const { auth } = await signInForNotes(world)
  const seen = refuseTokens(world, 9)
  const response = await auth.fetch(NOTES)
  expect(response.status).toBe(401)
  expect(new Set(seen.tokens).size).toBe(2)
  expect(seen.tokens).toHaveLength(2)
  expect(world.tokenRequests('refresh_token')).toBe(1)
})

it('leaves a 401 alone that does not speak of the token', async () => {
  const world = new World()
  const { auth } = await signInForNotes(world)
  const seen = refuseTokens(world, 9, 'Bearer error="insufficient_user_authentication"')
  expect((await auth.fetch(NOTES)).status).toBe(401)
  expect(seen.tokens).toHaveLength(1)
  expect(world.tokenRequests('refresh_token')).toBe(0)
})

it('refreshes once when many requests are refused together', async () => {
  const world = new World()
  const { auth } = await signInForNotes(world)
  const spent = await auth.getAccessToken()
  world.intercepts.push((request) => {
    const isSpent = request.headers.get('authorization') === `Bearer ${spent}`
    return request.url === NOTES
      ? Promise.resolve(new Response('{}', { status: isSpent ? 401 : 200 }))
      : undefined
  })
  const responses = await Promise.all(Array.from({ length: 12 }, () => auth.fetch(NOTES)))
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]))
  expect(world.tokenRequests('refresh_token')).toBe(1)
})

it('sends a Request with its body again, and a stream too', async () => {
  const stream = () => new Blob(['streamed']).stream()
  const inputs: [RequestInfo, RequestInit | undefined, string][] = [
    [new Request(NOTES, { method: 'POST', body: 'text' }), undefined, 'text'],
    [NOTES, { method: 'POST', body: stream(), duplex: 'half' } as RequestInit, 'streamed'],
  ]
  for (const [input, init, body] of inputs) {
    const world = new World()
    const { auth } = await signInForNotes(world)
    const seen = refuseTokens(world, 1)
    expect((await auth.fetch(input, init)).status).toBe(200)
    expect(seen.bodies).toEqual([body, body])
  }
})

it('ends with the app’s own abort, before and while it is sent', async () => {
  const world = new World()
  const { auth } = await signInForNotes(world)
  const aborted = await auth.fetch(NOTES, { signal: AbortSignal.abort() }).catch((error: unknown) => error)
  expect(aborted).toMatchObject({ name: 'AbortError' })
  const controller = new AbortController()
  let sent: Request | null = null
  world.intercepts.push((request) => {
    if (request.url !== NOTES) return undefined
    sent = request
    return new Promise((_, reject) =>
      request.signal.addEventListener('abort', () => reject(request.signal.reason as Error)),
    )
  })
  const outcome = auth.fetch(NOTES, { signal: controller.signal }).catch((error: unknown) => error)
  await world.settled(() => sent !== null)
  controller.abort()
  await expect(outcome).resolves.toMatchObject({ name: 'AbortError' })
})

it('sends an X-Workspace-ID of the app’s own rather than the option’s', async () => {
  const world = new World({ workspaceId: 'ws_1' })
  const { auth } = await signInForNotes(world)
  const seen: (string | null)[] = []
  world.intercepts.push(
    (request) => (request.url === NOTES && seen.push(request.headers.get('x-workspace-id')), undefined),
  )
  await auth.fetch(NOTES)
  await auth.fetch(NOTES, { headers: { 'X-Workspace-ID': 'ws_2' } })
  expect(seen).toEqual(['ws_1', 'ws_2'])
})

it('waits for ready, and refuses when nobody is signed in', async () => {
  const world = new World()
  const { tab } = await signInForNotes(world)
  tab.load('/')
  expect((await world.page(tab).auth.fetch(NOTES)).status).toBe(200)
  await expect(world.page().auth.fetch(NOTES)).rejects.toMatchObject({ code: 'not_authenticated' })
})

it('refuses a redirect that a retry meets as well', async () => {
  const world = new World()
  const { auth } = await signInForNotes(world)
  let asked = 0
  world.intercepts.push(
    answerEndpoint('/v1/notes', () =>
      asked++ === 0
        ? new Response('', { status: 401 })
        : new Response('', { status: 307, headers: { location: 'https://evil.test' } }),
    ),
  )
  await expect(auth.fetch(NOTES).catch(codeOf)).resolves.toBe('redirect_rejected')
})

caseTest('LEAK-10', 'puts no token into a URL, a cookie, the address bar or a message of a tab', async () => {
  const world = new World({ storage: 'local' })
  const posted: unknown[] = []
  const listener = world.browser
    .open()
    .environment()
    .openChannel('spatio.auth:http://127.0.0.1:4400:demo-app')
  if (listener !== null) listener.onmessage = ({ data }: MessageEvent<unknown>) => void posted.push(data)
  const requests: Request[] = []
  world.intercepts.push((request) => (requests.push(request), undefined))
  const page = await signInForNotes(world)
  const first = await page.auth.getAccessToken()
  const second = await page.auth.getAccessToken({ forceRefresh: true })
  await page.auth.fetch(NOTES)
  await page.auth.signOut()
  const told = [page.tab.href, JSON.stringify(page.tab.historyState), JSON.stringify(posted)]
  for (const request of requests) told.push(request.url, request.headers.get('cookie') ?? '')
  for (const token of [first, second]) expect(told.join('\n')).not.toContain(token)
  expect(posted).not.toEqual([])
})
