import type { JWK } from 'jose'
import { expect, it } from 'vitest'
import { createJwksSource, type KeyResolver } from '../../src/protocol/jwks.js'
import {
  json,
  METADATA,
  offline,
  opaqueRedirect,
  openProtocolPage,
  silence,
  type Answer,
} from '../kit/protocol-page.js'
import { refusal, refusalOf, type Refusal } from '../kit/refusal.js'
import { createSigner } from '../kit/signer.js'

const URI = METADATA.jwksUri
const MINUTE = 60_000
const DAY = 1440 * MINUTE

const [{ jwk: ec }, { jwk: rsa }] = await Promise.all([createSigner('ec'), createSigner('rsa', 'RS256')])
const set = (...keys: unknown[]): Response => json({ keys })
const kidsOf = (resolver: KeyResolver | null) => resolver?.jwks().keys.map(({ kid }) => kid)

/** A source whose authority gives these answers, one after the other, and the last one again and again. */
function createSource(...answers: Answer[]) {
  const page = openProtocolPage((sent) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    return (answer ?? offline)(sent)
  })
  const source = createJwksSource(page.context)
  const caches = () => page.sent.map(({ init }) => init.cache)
  return { page, source, caches, get: async () => kidsOf(await source.get(URI)) }
}

const keysOf = async (...keys: unknown[]) =>
  (await createSource(() => set(...keys)).source.get(URI)).jwks().keys
const refused = (code: Refusal['code'], detail: string | null = null): Refusal =>
  refusal('jwks', code, { detail, retryable: code === 'jwks_fetch_failed' })

it('asks for the keys by GET, through the HTTP cache', async () => {
  const { page, get } = createSource(() => set(ec))
  expect(await get()).toEqual(['ec'])
  expect(page.sent).toMatchObject([{ url: URI, init: { method: 'GET', cache: 'default' } }])
  expect(page.events).toMatchObject([['request', { endpoint: 'jwks' }]])
})

it('keeps the members of a public signing key that it knows', async () => {
  const more = { key_ops: ['verify'], x5c: ['x'], ext: 'yes', n: 7 }
  expect(await keysOf({ ...ec, ...more }, rsa)).toEqual([ec, rsa])
})

const rsaOf = (bits: number): JWK => ({ ...rsa, n: (rsa.n ?? '').slice(0, Math.ceil(bits / 6)) })

it.each<[string, unknown]>([
  ['nothing', null],
  ['text', 'key'],
  ['a private key', { ...ec, d: 'x' }],
  ['a symmetric key', { kty: 'oct', k: 'c2VjcmV0', kid: 'hs' }],
  ['a key with a symmetric part', { ...ec, k: 'x' }],
  ['a key of a kind it does not know', { kty: 'AKP', pub: 'x' }],
  ['a key without a kind', { ...ec, kty: undefined }],
  ['a key that does not verify', { ...ec, key_ops: ['sign'] }],
  ['an EC key without a curve', { ...ec, crv: undefined }],
  ['an EC key without x', { ...ec, x: undefined }],
  ['an EC key without y', { ...ec, y: '' }],
  ['an RSA key without an exponent', { ...rsa, e: undefined }],
  ['an RSA key without a modulus', { ...rsa, n: undefined }],
  ['an RSA key of 2040 bits', rsaOf(2040)],
  ['a key of another kind with the members of an RSA key', { ...rsa, kty: 'AKP' }],
  ['an EC key with the members of an RSA key', { ...rsa, kty: 'EC' }],
  ['an RSA key with the members of an EC key', { ...ec, kty: 'RSA' }],
])('skips %s, and keeps the others', async (_name, key) => {
  expect(await keysOf(key, ec)).toEqual([ec])
})

it('keeps an RSA key of 2048 bits, and a key whose operations are no list', async () => {
  expect(rsaOf(2048)).toEqual(rsa)
  expect(await keysOf(rsa, { ...ec, key_ops: 'verify' })).toEqual([rsa, ec])
})

it.each<[string, Answer, Refusal]>([
  ['a network that is down', offline, refused('jwks_fetch_failed', 'network')],
  ['a redirect', opaqueRedirect, refused('redirect_rejected')],
  ['a set too large', () => json('x'.repeat(600_000)), refused('jwks_invalid', 'too large')],
  ['status 404', () => json({ keys: [ec] }, 404), refused('jwks_fetch_failed', 'status 404')],
  ['status 201', () => json({ keys: [ec] }, 201), refused('jwks_fetch_failed', 'status 201')],
  [
    'HTML',
    () => new Response('{"keys":[]}', { headers: { 'content-type': 'text/html' } }),
    refused('jwks_invalid'),
  ],
  ['no JSON', () => json('{'), refused('jwks_invalid')],
  ['a list', () => json([ec]), refused('jwks_invalid')],
  ['a set without keys', () => json({}), refused('jwks_invalid')],
  ['keys that are no list', () => json({ keys: { 0: ec } }), refused('jwks_invalid')],
])('refuses %s', async (_name, answer, expected) => {
  expect(await refusalOf(createSource(answer).get)).toEqual(expected)
})

it('refuses an authority that does not answer in time', async () => {
  const { page, get } = createSource(silence)
  const refusing = refusalOf(get)
  await page.clock.advance(10_000)
  expect(await refusing).toEqual(refused('jwks_fetch_failed', 'timeout'))
})

it.each<[string, Answer, number]>([
  ['after a network error', offline, 2],
  ['after a 500', () => json({}, 500), 2],
  ['never after a 404', () => json({}, 404), 1],
])('asks again %s', async (_name, answer, times) => {
  const { page, get } = createSource(answer, () => set(ec))
  expect((await refusalOf(get)) === null).toBe(times === 2)
  expect(page.sent).toHaveLength(times)
})

it('asks once for all who want keys at the same time, and keeps no failure', async () => {
  const { page, source, get } = createSource(
    () => json({}, 404),
    () => set(ec),
  )
  const both = [refusalOf(() => source.get(URI)), refusalOf(() => source.get(URI))]
  expect((await Promise.all(both)).map((refusing) => refusing?.code)).toEqual(
    Array(2).fill('jwks_fetch_failed'),
  )
  expect(page.sent).toHaveLength(1)
  expect(await get()).toEqual(['ec'])
})

it.each<[string, string | null, number]>([
  ['five minutes when nothing is said', null, 5 * MINUTE],
  ['five minutes when nothing useful is said', 'no-cache', 5 * MINUTE],
  ['as long as is said', 'public, max-age=600', 10 * MINUTE],
  ['as long as is said in capitals', 'MAX-AGE=600', 10 * MINUTE],
  ['a minute at least', 'max-age=0', MINUTE],
  ['a day at most', 'max-age=9999999', DAY],
])('keeps the keys for %s', async (_name, cacheControl, freshFor) => {
  const headers: Record<string, string> = cacheControl === null ? {} : { 'cache-control': cacheControl }
  const { page, get } = createSource(() => json({ keys: [ec] }, 200, headers))
  await get()
  await page.clock.advance(freshFor - 1)
  await get()
  expect(page.sent).toHaveLength(1)
  await page.clock.advance(1)
  await get()
  expect(page.sent).toHaveLength(2)
})

it('counts the age of the keys from when they were asked for', async () => {
  const page: ReturnType<typeof openProtocolPage> = openProtocolPage(async () => {
    await page.clock.advance(5000)
    return set(ec)
  })
  const source = createJwksSource(page.context)
  await source.get(URI)
  await page.clock.advance(5 * MINUTE - 5001)
  await source.get(URI)
  expect(page.sent).toHaveLength(1)
  await page.clock.advance(1)
  await source.get(URI)
  expect(page.sent).toHaveLength(2)
})

it('replaces the old set by the new one, and merges nothing', async () => {
  const { page, get } = createSource(
    () => set(ec),
    () => set(rsa),
  )
  expect(await get()).toEqual(['ec'])
  await page.clock.advance(5 * MINUTE)
  expect(await get()).toEqual(['rsa'])
})

it('uses old keys for a day while the endpoint is down, and no longer', async () => {
  const { page, get } = createSource(() => set(ec), offline)
  await get()
  await page.clock.advance(DAY)
  expect(await get()).toEqual(['ec'])
  await page.clock.advance(1)
  expect(await refusalOf(get)).toEqual(refused('jwks_fetch_failed', 'network'))
})

it('fetches anew past the HTTP cache, and tells', async () => {
  const { page, source, caches, get } = createSource(
    () => set(ec),
    () => set(ec, rsa),
  )
  await get()
  expect(kidsOf(await source.refetch(URI))).toEqual(['ec', 'rsa'])
  expect(caches()).toEqual(['default', 'reload'])
  expect(page.events.filter(([type]) => type === 'jwks_refetched')).toEqual([['jwks_refetched', {}]])
  expect(await get()).toEqual(['ec', 'rsa'])
  expect(caches()).toHaveLength(2)
})

it('fetches anew for free once, then once in 30 seconds', async () => {
  const { page, source } = createSource(() => set(ec))
  expect(await source.refetch(URI)).not.toBeNull()
  await page.clock.advance(29_999)
  expect(await source.refetch(URI)).toBeNull()
  expect(page.sent).toHaveLength(1)
  await page.clock.advance(1)
  expect(await source.refetch(URI)).not.toBeNull()
  expect(page.sent).toHaveLength(2)
  expect(page.events.filter(([type]) => type === 'jwks_refetched')).toHaveLength(2)
})

it('counts a failed fetch against the budget, and says how it failed', async () => {
  const { source } = createSource(offline)
  expect(await refusalOf(() => source.refetch(URI))).toEqual(refused('jwks_fetch_failed', 'network'))
  expect(await source.refetch(URI)).toBeNull()
})

it('waits for a fetch that is under way, and then asks past the cache all the same', async () => {
  const { source, caches } = createSource(
    () => json({}, 404),
    () => set(rsa),
  )
  const first = refusalOf(() => source.get(URI))
  expect(kidsOf(await source.refetch(URI))).toEqual(['rsa'])
  expect(await first).toEqual(refused('jwks_fetch_failed', 'status 404'))
  expect(caches()).toEqual(['default', 'reload'])
})
