import { createHash, createPublicKey } from 'node:crypto'
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import { caseTest } from '@spatio-labs/cases'
import { createMockServer, type MockServer, type MockServerOptions } from '../src/index.js'
import { createSeededRandom } from '../src/seeded-random.js'
import { parseMockState } from '../src/state/parse-mock-state.js'
import {
  confirm,
  CookieJar,
  getAnswer,
  getUserInfo,
  openConsentPage,
  post,
  readTokens,
  redeem,
  redirectUri,
  refresh,
  send,
  startOfTime,
} from './support/flow.js'

const clients = [{ client_id: 'app', redirect_uris: [redirectUri] }]
// A code_verifier that is the same in every run.
const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')

/** Whether two runs answer alike is seen in every byte they send: status, headers and body. */
async function record(answer: Response): Promise<string> {
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  return `${answer.status}\n${headers}\n\n${await answer.clone().text()}\n\n`
}

/** A sign-in with all that may follow, as text. */
async function run(options: MockServerOptions): Promise<string> {
  const mock = createMockServer({ clients, ...options })
  const transcript: string[] = []
  const note = async (answer: Response): Promise<Response> => {
    transcript.push(await record(answer))
    return answer
  }
  const jar = new CookieJar()
  const page = await openConsentPage(mock, jar, { code_challenge: challenge })
  transcript.push(page.text, JSON.stringify([...jar.cookies]))
  const callback = await note(await confirm(mock, jar, page))
  const answer = await note(
    await redeem(mock, getAnswer(callback)['code'] ?? '', { code_verifier: verifier }),
  )
  const tokens = await readTokens(answer.clone())
  mock.clock.advance('10m')
  await note(await getUserInfo(mock, tokens.access_token))
  await note(await refresh(mock, tokens.refresh_token))
  await note(await createToken(mock, tokens.access_token))
  await note(await register(mock))
  await note(await post(mock, '/oauth2/token', { grant_type: 'refresh_token', client_id: 'app' }))
  await note(await send(mock, '/.well-known/openid-configuration'))
  transcript.push(JSON.stringify(mock.saveState()), JSON.stringify(mock.requests()))
  return transcript.join('')
}

function createToken(mock: MockServer, accessToken: string): Promise<Response> {
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }
  return send(mock, '/v1/tokens', { method: 'POST', headers, body: '{"name":"CI"}' })
}

function register(mock: MockServer): Promise<Response> {
  const body = JSON.stringify({ client_name: 'New', redirect_uris: [redirectUri] })
  const headers = { 'content-type': 'application/json' }
  return send(mock, '/oauth2/register', { method: 'POST', headers, body })
}

describe('the deterministic mode', () => {
  caseTest('S-MOCK-03', 'answers the same requests after the same seed with the same bytes', async () => {
    const first = await run({ seed: 'one' })
    expect(first).toContain('id_token')
    expect(await run({ seed: 'one' })).toBe(first)
    expect(await run({ seed: 'two' })).not.toBe(first)
    expect(await run({ clock: () => startOfTime })).not.toBe(await run({ clock: () => startOfTime }))
    return undefined
  })

  it('generates the same keys after the same seed, and they sign as any other', async () => {
    const rotate = async (seed: string): Promise<MockServer> => {
      const mock = createMockServer({ clients, seed })
      for (let count = 0; count < 3; count += 1) await mock.keys.rotate({ retire: 'keep' })
      return mock
    }
    const [first, second, other] = [await rotate('one'), await rotate('one'), await rotate('two')]
    expect(first.keys.published()).toEqual(second.keys.published())
    expect(first.keys.published()[0]).not.toEqual(other.keys.published()[0])
    const [jwk] = first.keys.published()
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
    expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65_537n })
    const jar = new CookieJar()
    const page = await openConsentPage(first, jar, { code_challenge: challenge })
    const code = getAnswer(await confirm(first, jar, page))['code'] ?? ''
    const { id_token } = await readTokens(await redeem(first, code, { code_verifier: verifier }))
    const jwks = { keys: [jwk] } as JSONWebKeySet
    await jwtVerify(id_token, createLocalJWKSet(jwks), { currentDate: new Date(startOfTime) })
  })

  it('stands still in time, unless it is given a clock', () => {
    const mock = createMockServer({ seed: 'one' })
    expect(mock.clock.now()).toBe(startOfTime)
    mock.clock.advance('61m')
    expect(mock.clock.now()).toBe(startOfTime + 61 * 60_000)
    expect(createMockServer({ seed: 'one', clock: () => 7 }).clock.now()).toBe(7)
  })

  it('goes on after a restart without giving out the same token again', async () => {
    const tokens = new Set<string>()
    let mock = createMockServer({ clients, seed: 'one', autoConsent: true })
    for (let start = 0; start < 3; start += 1) {
      const answer = await register(mock)
      tokens.add(await answer.text())
      const state = parseMockState(JSON.parse(JSON.stringify(mock.saveState())))
      mock = createMockServer({ clients, seed: 'one', state })
    }
    expect(tokens.size).toBe(3)
  })
})

describe('what can be injected', () => {
  it('makes ids as it is told', async () => {
    let count = 0
    const ids = (kind: string): string => `${kind}${(count += 1)}`
    const mock = createMockServer({ ids })
    expect(await (await register(mock)).json()).toMatchObject({
      client_id: 'app_1',
      registration_access_token: 'rat_2',
    })
  })

  it('signs with the cryptography it is given, and fails as that fails', async () => {
    const { subtle } = crypto
    const broken: SubtleCrypto = Object.create(subtle, {
      importKey: { value: () => Promise.reject(new Error('no key store')) },
      digest: { value: subtle.digest.bind(subtle) },
    }) as SubtleCrypto
    const mock = createMockServer({ clients, subtle: broken, autoConsent: true, clock: () => startOfTime })
    const query = new URLSearchParams({
      ...{ client_id: 'app', redirect_uri: redirectUri, response_type: 'code', scope: 'openid' },
      ...{ code_challenge: challenge, code_challenge_method: 'S256' },
    })
    const code = getAnswer(await send(mock, `/oauth2/authorize?${query.toString()}`))['code'] ?? ''
    expect((await redeem(mock, code, { code_verifier: verifier })).status).toBe(500)
    expect(() => mock.verify()).toThrow(expect.objectContaining({ code: 'unexpected_error' }) as Error)
  })
})

describe('the seeded source', () => {
  it('yields no word twice, as many bytes as asked, and goes on from where it stood', () => {
    const random = createSeededRandom('seed')
    const words = new Set<string>()
    for (let count = 0; count < 10_000; count += 1) words.add(random.source(4).join())
    expect(words.size).toBe(10_000)
    expect([0, 1, 5, 32].map((length) => random.source(length).length)).toEqual([0, 1, 5, 32])
    const state = random.toState()
    const next = random.source(32)
    expect(createSeededRandom('seed', state).source(32)).toEqual(next)
    expect(createSeededRandom('other', state).source(32)).not.toEqual(next)
  })

  it('sets every bit about half the time', () => {
    const random = createSeededRandom('')
    const counts = new Array<number>(8).fill(0)
    for (const byte of random.source(8_000)) {
      for (let bit = 0; bit < 8; bit += 1) counts[bit] = (counts[bit] ?? 0) + ((byte >> bit) & 1)
    }
    for (const count of counts) expect(Math.abs(count - 4_000)).toBeLessThan(200)
  })
})
