import { caseTest } from '@spatio-labs/cases'
import { base64url, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { changeEndpoint, forgeIdToken, type Forgery } from './kit/forge.js'
import { observeSignIn, signInBesideSession } from './kit/observe.js'
import { CLIENT_ID, ISSUER, World } from './kit/world.js'

const MINUTE = 60
const DAY = 86_400

/** A sign-in whose id_token was changed and validly signed anew. */
function refuse(forgery: Forgery): () => ReturnType<typeof signInBesideSession> {
  return () => signInBesideSession(new World().prepare(forgeIdToken(forgery)))
}

function accept(forgery: Forgery): () => ReturnType<typeof signInBesideSession> {
  return async () => {
    const world = new World()
    world.intercepts.push(forgeIdToken(forgery))
    return observeSignIn(await world.signIn())
  }
}

const claim = (name: string, change: (value: never) => unknown): Forgery => ({
  claims: (claims) => ({ ...claims, [name]: change(claims[name] as never) }),
})
const without = (name: string): Forgery => ({
  claims: ({ [name]: _, ...claims }) => claims,
})
const header = (members: Record<string, unknown>): Forgery => ({
  compact: (token) => {
    const [head = '', ...rest] = token.split('.')
    const parsed = JSON.parse(new TextDecoder().decode(base64url.decode(head))) as object
    return [base64url.encode(JSON.stringify({ ...parsed, ...members })), ...rest].join('.')
  },
})

const plusOne = (value: string): string => `${value}1`

caseTest('IDT-01', 'refuses an issuer with one more character', refuse(claim('iss', plusOne)))
caseTest('IDT-02', 'refuses a missing issuer', refuse(without('iss')))
caseTest('IDT-03', 'refuses an audience with one more character', refuse(claim('aud', plusOne)))
caseTest('IDT-04', 'refuses a missing audience', refuse(without('aud')))
caseTest('IDT-05', 'accepts an audience that is a list of one', accept(claim('aud', (aud) => [aud])))
caseTest('IDT-06', 'refuses a second audience', refuse(claim('aud', (aud) => [aud, 'other-app'])))
caseTest('IDT-07', 'refuses an audience that is a number', refuse(claim('aud', () => 7)))
caseTest('IDT-07', 'refuses an audience that is part of the client_id', refuse(claim('aud', () => 'demo')))
caseTest('IDT-07', 'refuses an audience in a nested list', refuse(claim('aud', (aud) => [[aud]])))
caseTest('IDT-08', 'refuses an azp that is another client', refuse(claim('azp', () => 'other-app')))
caseTest('IDT-09', 'refuses a missing sub', refuse(without('sub')))
caseTest('IDT-09', 'refuses an empty sub', refuse(claim('sub', () => '')))
caseTest('IDT-09', 'refuses a sub that is a number', refuse(claim('sub', () => 7)))
caseTest('IDT-09', 'refuses a sub of 256 characters', refuse(claim('sub', () => 'x'.repeat(256))))
caseTest('IDT-10', 'refuses a missing iat', refuse(without('iat')))
caseTest('IDT-11', 'accepts an iat 30 seconds ahead', accept(claim('iat', (iat: number) => iat + 30)))
caseTest(
  'IDT-11',
  'refuses an iat ten minutes ahead',
  refuse(claim('iat', (iat: number) => iat + 10 * MINUTE)),
)
caseTest('IDT-12', 'refuses an iat a week old', refuse(claim('iat', (iat: number) => iat - 7 * DAY)))
caseTest('IDT-13', 'refuses a missing exp', refuse(without('exp')))
caseTest(
  'IDT-14',
  'refuses an exp six minutes past',
  refuse(claim('exp', (exp: number) => exp - 66 * MINUTE)),
)
caseTest('IDT-15', 'refuses an exp that is a string', refuse(claim('exp', String)))
caseTest('IDT-15', 'refuses an auth_time that is a string', refuse(claim('auth_time', () => 'today')))
caseTest(
  'IDT-16',
  'refuses an nbf ten minutes ahead',
  refuse(claim('nbf', () => Date.parse('2026-11-23T12:10:00Z') / 1000)),
)
caseTest('IDT-17', 'refuses a missing nonce', refuse(without('nonce')))
caseTest('IDT-18', 'refuses a nonce with one more character', refuse(claim('nonce', plusOne)))
caseTest('IDT-19', 'refuses alg none', refuse(header({ alg: 'none' })))
caseTest('IDT-19', 'refuses alg NoNe', refuse(header({ alg: 'NoNe' })))
caseTest('IDT-20', 'refuses HS256', refuse(header({ alg: 'HS256' })))
caseTest('IDT-21', 'refuses PS256 where the authority lists RS256 only', refuse(header({ alg: 'PS256' })))
caseTest(
  'IDT-22',
  'refuses a changed signature',
  refuse({ compact: (token) => token.replace(/.$/, '') + 'AA' }),
)
caseTest('IDT-24', 'refuses a signature that is not base64url', refuse({ compact: (token) => `${token}!@` }))
for (const name of ['jwk', 'jku', 'x5u', 'x5c']) {
  caseTest('IDT-25', `ignores the ${name} of a header, though it is of the key that signed`, async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const jwk = { ...(await exportJWK(publicKey)), alg: 'RS256' }
    const link = 'https://evil.test/keys'
    const brought = { jwk, jku: link, x5u: link, x5c: ['MIIB'] }[name]
    const world = new World().prepare(
      changeEndpoint('/oauth2/token', async (body) => {
        const { kid = '' } = decodeProtectedHeader(String(body['id_token']))
        const header = { alg: 'RS256', kid, [name]: brought }
        const claims = decodeJwt(String(body['id_token']))
        return { ...body, id_token: await new SignJWT(claims).setProtectedHeader(header).sign(privateKey) }
      }),
    )
    const outcome = await signInBesideSession(world)
    expect(world.sent).not.toContain(link)
    return outcome
  })
}
caseTest('IDT-26', 'refuses an unknown critical extension', refuse(header({ crit: ['b64'], b64: false })))
caseTest('IDT-27', 'refuses an access token in its place', refuse(header({ typ: 'at+jwt' })))
caseTest(
  'IDT-29',
  'refuses two parts',
  refuse({ compact: (token) => token.split('.').slice(0, 2).join('.') }),
)
caseTest(
  'IDT-29',
  'refuses a header that is not JSON',
  refuse({ compact: (token) => token.replace(/^[^.]+/, 'bm90LWpzb24') }),
)
caseTest('IDT-33', 'refuses a wrong at_hash', refuse(claim('at_hash', () => 'AAAAAAAAAAAAAAAAAAAAAA')))

caseTest('IDT-31', 'refuses a missing auth_time when max_age was sent', () =>
  signInBesideSession(new World().prepare(forgeIdToken(without('auth_time'))), { maxAge: 600 }),
)
caseTest('IDT-32', 'refuses an auth_time older than max_age', () => {
  const old = claim('auth_time', (time: number) => time - 20 * MINUTE)
  return signInBesideSession(new World().prepare(forgeIdToken(old)), { maxAge: 600 })
})

for (const [what, forgery] of Object.entries({
  'a nonce': claim('nonce', plusOne),
  'an audience': claim('aud', plusOne),
  'an exp': claim('exp', (exp: number) => exp - 66 * MINUTE),
  'an at_hash': claim('at_hash', () => 'AAAAAAAAAAAAAAAAAAAAAA'),
  'an alg': header({ alg: 'none' }),
})) {
  caseTest('IDT-34', `shows nothing of a token with ${what} that fails, in any place`, async () => {
    const world = new World({ storage: 'local' })
    const other = world.page()
    await other.auth.ready()
    const posted: unknown[] = []
    const channel = world.browser.open().environment().openChannel(`spatio.auth:${ISSUER}:${CLIENT_ID}`)
    if (channel !== null) channel.onmessage = ({ data }: MessageEvent<unknown>) => void posted.push(data)
    world.intercepts.push(forgeIdToken(forgery))
    const page = await world.signIn()
    await world.clock.advance(1000)
    // No app, no storage, no other tab: `observeSignIn` looks at the first two.
    expect(page.auth.getSnapshot()).toMatchObject({ status: 'error', user: null, isAuthenticated: false })
    await expect(page.auth.getAccessToken()).rejects.toMatchObject({ code: 'not_authenticated' })
    expect(other.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
    expect(JSON.stringify([posted, page.events, other.events])).not.toMatch(/tok_|rft_|eyJ|usr_|Mira/)
    await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
    return observeSignIn(page)
  })
}

it('signs in on a device whose clock is a day off, in both directions', async () => {
  for (const hours of [-24, -1, 1, 24]) {
    const world = new World()
    world.setDeviceAhead(hours * 3_600_000)
    const page = await world.signIn()
    expect(page.auth.getSnapshot().status).toBe('authenticated')
    const told = page.events.find((event) => event.type === 'clock_offset')
    // `Date` has whole seconds.
    expect(Math.abs((told?.seconds ?? 0) + hours * 3600)).toBeLessThanOrEqual(1)
  }
})

it('refuses a two hours old token on a device that is two hours slow', async () => {
  const world = new World()
  world.setDeviceAhead(-2 * 3_600_000)
  const old = {
    claims: (claims: Record<string, unknown>) => ({ ...claims, iat: Number(claims['iat']) - 7200 }),
  }
  world.intercepts.push(forgeIdToken(old))
  const page = await world.signIn()
  expect(page.auth.getSnapshot().error).toMatchObject({ code: 'id_token_iat_out_of_range' })
})
