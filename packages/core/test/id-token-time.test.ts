import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { APP_ORIGIN } from './kit/fake-browser.js'
import { forgeIdToken, type Forgery } from './kit/forge.js'
import { acceptForged, claim, refuseForged, without } from './kit/forged-sign-in.js'
import { observeRefusedOptions } from './kit/observe-refusal.js'
import { observeSignIn, signInBesideSession, signInUnderFault, type Observed } from './kit/observe.js'
import { World, type Intercept } from './kit/world.js'

const MINUTE = 60
const DAY = 86_400
const NOW = Date.parse('2026-11-23T12:00:00Z') / 1000

/** The server of the app tells no time: there is only the device's clock. */
const noTime: Intercept = (request) =>
  new URL(request.url).origin === APP_ORIGIN ? Promise.reject(new TypeError('Failed to fetch')) : undefined

/** A sign-in by the device's clock alone, and what its error says. */
async function signInWithoutTime(claims: object, clockTolerance = 60): Promise<readonly [Observed, string]> {
  const world = new World({ clockTolerance })
  world.intercepts.push(noTime, forgeIdToken({ claims: (all) => ({ ...all, ...claims }) }))
  const page = await world.signIn()
  return [observeSignIn(page), page.auth.getSnapshot().error?.message ?? '']
}

caseTest('IDT-10', 'refuses a missing iat', refuseForged(without('iat')))
caseTest('IDT-11', 'accepts an iat 30 seconds ahead', acceptForged(claim('iat', (iat: number) => iat + 30)))
caseTest(
  'IDT-11',
  'refuses an iat ten minutes ahead',
  refuseForged(claim('iat', (iat: number) => iat + 10 * MINUTE)),
)
caseTest('IDT-11', 'blames the device clock where no other was there', async () => {
  const [outcome, message] = await signInWithoutTime({ iat: NOW + 10 * MINUTE, exp: NOW + 70 * MINUTE })
  expect(message).toContain('[device clock]')
  expect(await signInWithoutTime({ iat: NOW + 30, exp: NOW + 3600 })).toEqual([{ kind: 'accept' }, ''])
  return outcome
})
caseTest('IDT-11', 'takes another tolerance, up to 300 seconds', async () => {
  const late = { iat: NOW + 290, exp: NOW + 3600 }
  expect(await signInWithoutTime(late, 300)).toEqual([{ kind: 'accept' }, ''])
  expect(observeRefusedOptions({ clientId: 'app', clockTolerance: 301 }, 'clockTolerance')).toMatchObject({
    code: 'config_invalid',
  })
  const [outcome] = await signInWithoutTime(late, 280)
  return outcome
})
caseTest('IDT-12', 'refuses an iat a week old', refuseForged(claim('iat', (iat: number) => iat - 7 * DAY)))
caseTest('IDT-13', 'refuses a missing exp', refuseForged(without('exp')))
caseTest(
  'IDT-14',
  'refuses an exp six minutes past',
  refuseForged(claim('exp', (exp: number) => exp - 66 * MINUTE)),
)
caseTest('IDT-14', 'takes a token for expired at its exp, without tolerance', async () => {
  const claims = (exp: number) => ({ iat: NOW - 60, exp })
  expect(await signInWithoutTime(claims(NOW + 1), 0)).toEqual([{ kind: 'accept' }, ''])
  const [outcome, message] = await signInWithoutTime(claims(NOW), 0)
  expect(message).toContain('[device clock]')
  return outcome
})
for (const name of ['exp', 'iat', 'nbf', 'auth_time']) {
  const raw = (value: string): Forgery => ({
    claims: ({ [name]: _, ...claims }) => claims,
    payload: (json) => json.replace(/}$/, `,"${name}":${value}}`),
  })
  const numbers = ['"1795435200"', '1e400', '-1', 'NaN', 'true', '[1795435200]', '{}', '1795435200000']
  caseTest('IDT-15', `takes no ${name} that is no number of seconds`, async () => {
    expect(await acceptForged(raw(String(NOW + (name === 'exp' ? 3600 : 0))))()).toEqual({ kind: 'accept' })
    const outcomes: Observed[] = []
    for (const value of numbers) outcomes.push(await refuseForged(raw(value))())
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
    return outcomes[0]
  })
}
caseTest('IDT-16', 'refuses an nbf ten minutes ahead', refuseForged(claim('nbf', () => NOW + 10 * MINUTE)))
it('accepts an nbf within the tolerance', async () => {
  expect(await acceptForged(claim('nbf', () => NOW + 30))()).toEqual({ kind: 'accept' })
})
caseTest('IDT-31', 'refuses a missing auth_time when max_age was sent', () =>
  signInBesideSession(new World().prepare(forgeIdToken(without('auth_time'))), { maxAge: 600 }),
)
caseTest(
  'IDT-31',
  'refuses a missing auth_time after max_age 0, and misses none that was not asked for',
  async () => {
    expect(await acceptForged(without('auth_time'))()).toEqual({ kind: 'accept' })
    return signInUnderFault('id.auth_time.missing', { options: { maxAge: 0 } })
  },
)
caseTest('IDT-32', 'refuses an auth_time older than max_age', () => {
  const old = claim('auth_time', (time: number) => time - 20 * MINUTE)
  return signInBesideSession(new World().prepare(forgeIdToken(old)), { maxAge: 600 })
})

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
