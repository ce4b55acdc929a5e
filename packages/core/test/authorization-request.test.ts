import { caseTest } from '@spatio-labs/cases'
import { createHash, randomFillSync } from 'node:crypto'
import { base64url } from 'jose'
import { expect, it, vi } from 'vitest'
import { changeEndpoint } from './kit/forge.js'
import { observeRefusal, observeRefusedSignIn } from './kit/observe-refusal.js'
import { observeSignIn, signInUnderFault } from './kit/observe.js'
import { World } from './kit/world.js'

caseTest('REQ-01', 'sends exactly the parameters of a code flow with PKCE', async () => {
  const world = new World()
  const page = await world.signIn()
  const [request] = world.mock.requests({ endpoint: 'authorize' })
  expect(request?.parameters).toEqual({
    response_type: 'code',
    client_id: 'demo-app',
    redirect_uri: 'http://localhost:5173/',
    scope: 'openid profile email',
    state: expect.stringMatching(/^sp1\.[\w-]{43}$/) as string,
    nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
    code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
    code_challenge_method: 'S256',
  })
  return observeSignIn(page)
})

caseTest(
  'REQ-02',
  'makes 32 new random bytes of each kind for every sign-in, also after an error',
  async () => {
    const world = new World()
    const drawn: number[] = []
    const draw = vi.spyOn(crypto, 'getRandomValues').mockImplementation(((bytes: Uint8Array) => {
      drawn.push(bytes.byteLength)
      return randomFillSync(bytes)
    }) as typeof crypto.getRandomValues)
    const visit = vi.spyOn(world, 'visit')
    for (let count = 0; count < 98; count++) await world.authorize(world.page())
    const refused = world.page()
    const denied = (await world.authorize(refused)).replace(/code=[^&]+/, 'error=server_error')
    await world.authorize(await world.reload(refused.tab, denied))
    draw.mockRestore()
    // Not what the mock's log says: it redacts what looks like a token, as random characters may.
    const requests = visit.mock.calls.map(([url]) => new URL(url).searchParams)
    expect(requests).toHaveLength(100)
    const seen = requests.flatMap((request) =>
      ['state', 'nonce', 'code_challenge'].map((name) => (request.get(name) ?? '').replace('sp1.', '')),
    )
    // Each is 32 bytes in base64url, and none comes twice.
    expect(seen.every((value) => base64url.decode(value).length === 32)).toBe(true)
    expect(new Set(seen).size).toBe(300)
    expect(drawn.filter((bytes) => bytes === 32)).toHaveLength(300)
    return { kind: 'accept' }
  },
)

caseTest('REQ-03', 'sends the S256 of the verifier it keeps', async () => {
  const world = new World()
  const page = world.page()
  await world.authorize(page)
  const [, record] = page.tab.sessionStorage.entries().find(([key]) => key.includes('transaction')) ?? []
  const { code_verifier: verifier } = JSON.parse(record ?? '') as { code_verifier: string }
  const [request] = world.mock.requests({ endpoint: 'authorize' })
  expect(verifier).toMatch(/^[\w.~-]{43,128}$/)
  expect(request?.parameters['code_challenge']).toBe(
    createHash('sha256').update(verifier).digest('base64url'),
  )
  return { kind: 'accept' }
})

caseTest('REQ-03', 'makes of the verifier of RFC 7636 Appendix B its challenge', async () => {
  const world = new World()
  const page = world.page()
  const verifier = base64url.decode('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')
  const draw = vi.spyOn(crypto, 'getRandomValues').mockImplementation(((bytes: Uint8Array) => {
    bytes.set(verifier)
    return bytes
  }) as typeof crypto.getRandomValues)
  await world.authorize(page)
  draw.mockRestore()
  const [request] = world.mock.requests({ endpoint: 'authorize' })
  expect(request?.parameters['code_challenge']).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  return { kind: 'accept' }
})

caseTest('REQ-04', 'refuses to sign in without crypto.subtle, before anything is stored', async () => {
  const page = new World().page()
  const { getRandomValues } = crypto
  const environment = page.tab.environment()
  page.tab.environment = () => ({ ...environment, crypto: { getRandomValues } as Crypto })
  await page.auth.ready()
  const outcome = await observeRefusal(page, () => page.auth.signIn())
  // The same page as it is over https.
  page.tab.environment = () => environment
  await expect(page.world.authorize(page.world.page(page.tab))).resolves.toContain('code=')
  return outcome
})

caseTest('REQ-06', 'keeps the query of the authorization endpoint', async () => {
  const world = new World()
  world.intercepts.push(
    changeEndpoint('/openid-configuration', (body) => ({
      ...body,
      authorization_endpoint: `${String(body['authorization_endpoint'])}?tenant=x&state=theirs`,
    })),
  )
  const page = await world.signIn()
  const [request] = world.mock.requests({ endpoint: 'authorize' })
  expect(request?.parameters).toMatchObject({ tenant: 'x', client_id: 'demo-app' })
  expect(request?.parameters['state']).toMatch(/^sp1\./)
  return observeSignIn(page)
})

for (const name of [
  'state',
  'nonce',
  'code_challenge',
  'redirect_uri',
  'client_id',
  'response_type',
  'request',
]) {
  caseTest('REQ-05', `refuses ${name} as an option of signIn`, () =>
    observeRefusedSignIn(new World(), { options: { [name]: 'x' } }),
  )
}

it('takes a click event for no options at all', async () => {
  const world = new World()
  const page = world.page()
  const click = new Event('click') as unknown as { readonly scope?: string }
  await expect(world.authorize(page, click)).resolves.toContain('code=')
})

caseTest('REQ-07', 'finishes two sign-ins whose callbacks come in reverse order', async () => {
  const world = new World()
  const [first, second] = [world.page(), world.page()]
  const callbacks = [await world.authorize(first), await world.authorize(second)]
  const later = await world.reload(second.tab, callbacks[1])
  const earlier = await world.reload(first.tab, callbacks[0])
  expect(observeSignIn(later)).toEqual({ kind: 'accept' })
  return observeSignIn(earlier)
})

caseTest('REQ-07', 'finishes two sign-ins of one tab, the older one last', async () => {
  const world = new World()
  const tab = world.browser.open()
  const callbacks = [await world.authorize(world.page(tab)), await world.authorize(world.page(tab))]
  const outcomes = [
    observeSignIn(await world.reload(tab, callbacks[1])),
    observeSignIn(await world.reload(tab, callbacks[0])),
  ]
  expect(outcomes[0]).toEqual({ kind: 'accept' })
  expect(world.tokenRequests('authorization_code')).toBe(2)
  return outcomes[1]
})

caseTest(
  'REQ-08',
  'navigates once when twelve calls ask for a sign-in, and tells them all the same',
  async () => {
    const world = new World()
    const page = world.page()
    const calls = Array.from({ length: 12 }, () => page.auth.signIn().catch((error: unknown) => error))
    await world.settled(() => page.tab.navigations.length > 0)
    await world.clock.advance(1000)
    expect(page.tab.navigations).toHaveLength(1)
    expect(page.tab.sessionStorage.entries().filter(([key]) => key.includes('transaction'))).toHaveLength(1)
    expect(world.sent).toEqual(['discovery'])
    const callback = await world.visit(page.tab.navigations[0] ?? '')
    // A page that was kept hears how it ended: once for all who asked.
    page.tab.dispatch('pageshow')
    expect(new Set(await Promise.all(calls)).size).toBe(1)
    return observeSignIn(await world.reload(page.tab, callback))
  },
)

caseTest('REQ-12', 'sends max_age 0 and checks auth_time', async () => {
  const world = new World()
  const page = await world.signIn(undefined, { maxAge: 0 })
  const [request] = world.mock.requests({ endpoint: 'authorize' })
  expect(request?.parameters['max_age']).toBe('0')
  for (const [fault, code] of [
    ['id.auth_time.missing', 'id_token_claim_missing'],
    ['id.auth_time.too-old', 'id_token_auth_time_stale'],
  ] as const)
    expect(await signInUnderFault(fault, { options: { maxAge: 0 } })).toEqual({ kind: 'reject', code })
  return observeSignIn(page)
})

caseTest('REQ-14', 'sweeps sign-ins that were abandoned', async () => {
  const world = new World()
  const tab = world.browser.open()
  const kept = () => tab.sessionStorage.entries().filter(([key]) => key.includes('transaction')).length
  const most: number[] = []
  for (let count = 0; count < 50; count++) {
    await world.authorize(world.page(tab))
    most.push(kept())
    await world.clock.advance(21_000)
  }
  // Twenty by count, and of 29 in ten minutes no older one by age.
  expect(Math.max(...most)).toBe(20)
  await world.clock.advance(3_600_000)
  const page = await world.signIn(tab)
  expect(kept()).toBe(0)
  return observeSignIn(page)
})
