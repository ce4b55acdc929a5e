import { caseTest } from '@spatio-labs/cases'
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { expect } from 'vitest'
import { changeEndpoint, forgeIdToken } from './kit/forge.js'
import { acceptForged, claim, header, refuseForged, without } from './kit/forged-sign-in.js'
import { observeSignIn, signInBesideSession } from './kit/observe.js'
import { CLIENT_ID, ISSUER, World } from './kit/world.js'

const MINUTE = 60

const plusOne = (value: string): string => `${value}1`

caseTest('IDT-01', 'refuses an issuer with one more character', refuseForged(claim('iss', plusOne)))
caseTest('IDT-02', 'refuses a missing issuer', refuseForged(without('iss')))
caseTest('IDT-03', 'refuses an audience with one more character', refuseForged(claim('aud', plusOne)))
caseTest('IDT-04', 'refuses a missing audience', refuseForged(without('aud')))
caseTest('IDT-05', 'accepts an audience that is a list of one', acceptForged(claim('aud', (aud) => [aud])))
caseTest('IDT-06', 'refuses a second audience', refuseForged(claim('aud', (aud) => [aud, 'other-app'])))
caseTest('IDT-07', 'refuses an audience that is a number', refuseForged(claim('aud', () => 7)))
caseTest(
  'IDT-07',
  'refuses an audience that is part of the client_id',
  refuseForged(claim('aud', () => 'demo')),
)
caseTest('IDT-07', 'refuses an audience in a nested list', refuseForged(claim('aud', (aud) => [[aud]])))
caseTest('IDT-08', 'refuses an azp that is another client', refuseForged(claim('azp', () => 'other-app')))
caseTest('IDT-09', 'refuses a missing sub', refuseForged(without('sub')))
caseTest('IDT-09', 'refuses an empty sub', refuseForged(claim('sub', () => '')))
caseTest('IDT-09', 'refuses a sub that is a number', refuseForged(claim('sub', () => 7)))
caseTest('IDT-09', 'refuses a sub of 256 characters', refuseForged(claim('sub', () => 'x'.repeat(256))))
caseTest('IDT-17', 'refuses a missing nonce', refuseForged(without('nonce')))
caseTest('IDT-18', 'refuses a nonce with one more character', refuseForged(claim('nonce', plusOne)))
caseTest(
  'IDT-21',
  'refuses PS256 where the authority lists RS256 only',
  refuseForged(header({ alg: 'PS256' })),
)
caseTest(
  'IDT-22',
  'refuses a changed signature',
  refuseForged({ compact: (token) => token.replace(/.$/, '') + 'AA' }),
)
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
caseTest('IDT-27', 'refuses an access token in its place', refuseForged(header({ typ: 'at+jwt' })))
caseTest('IDT-33', 'refuses a wrong at_hash', refuseForged(claim('at_hash', () => 'AAAAAAAAAAAAAAAAAAAAAA')))

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
