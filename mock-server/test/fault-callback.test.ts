import { expect, it } from 'vitest'
import type { CallbackFaults } from '../src/faults/callback-faults.js'
import type { FaultName, MockServer } from '../src/index.js'
import { authorize, confirm, CookieJar, createMock, openConsentPage, readJson, send } from './support/flow.js'
import { expectStruck } from './support/fault-run.js'

const stranger = 'https://someone-else.example'

/** The parameters the callback URL has, `code` as `'code'`, in order. */
const answers: Record<
  Exclude<
    keyof CallbackFaults,
    `authorize.${string}` | `consent.${string}` | 'cb.iss.missing-though-advertised'
  >,
  [name: string, value: string][]
> = {
  'cb.state.missing': [['code', 'code']],
  'cb.state.altered': [
    ['code', 'code'],
    ['state', 'st-1x'],
  ],
  'cb.state.replayed': [
    ['code', 'code'],
    ['state', 'earlier'],
  ],
  'cb.iss.mismatch': [
    ['code', 'code'],
    ['state', 'st-1'],
    ['iss', stranger],
  ],
  'cb.code.missing': [['state', 'st-1']],
  'cb.param.duplicate': [
    ['code', 'code'],
    ['state', 'st-1'],
    ['code', 'code'],
  ],
  'cb.code-and-error': [
    ['code', 'code'],
    ['state', 'st-1'],
    ['error', 'access_denied'],
  ],
  'cb.error.access_denied': toError('access_denied'),
  'cb.error.login_required': toError('login_required'),
  'cb.error.interaction_required': toError('interaction_required'),
  'cb.error.consent_required': toError('consent_required'),
  'cb.error.server_error': toError('server_error'),
  'cb.error.temporarily_unavailable': toError('temporarily_unavailable'),
  'cb.error.unknown-code': toError('moon_in_the_wrong_phase'),
  'cb.error.description-html': toError('access_denied'),
  'cb.error-echo': toError('server_error'),
  'cb.fragment-instead-of-query': [
    ['code', 'code'],
    ['state', 'st-1'],
  ],
  'cb.param.set': [['code', 'code']],
  'cb.tokens-in-front': [
    ['code', 'code'],
    ['state', 'st-1'],
    ['access_token', 'tok_forged'],
    ['token_type', 'Bearer'],
    ['id_token', 'eyJhbGciOiJub25lIn0.e30.'],
  ],
  'tolerate.cb.extra-params': [
    ['code', 'code'],
    ['state', 'st-1'],
    ['session_state', 'abc.def'],
    ['foo', 'bar'],
  ],
}

function toError(error: string): [string, string][] {
  return [
    ['state', 'st-1'],
    ['error', error],
    ['error_description', expect.any(String) as string],
  ]
}

async function getCallback(mock: MockServer): Promise<URL> {
  return new URL((await authorize(mock)).headers.get('location') ?? '')
}

it.each(Object.entries(answers) as [FaultName, [string, string][]][])(
  '%s is what it says, once',
  async (name, answer) => {
    const mock = createMock({ autoConsent: true })
    await authorize(mock, { state: 'earlier' })
    mock.fault(name)
    const callback = await getCallback(mock)
    const isFragment = name === 'cb.fragment-instead-of-query'
    const parameters = isFragment ? new URLSearchParams(callback.hash.slice(1)) : callback.searchParams
    const shown = [...parameters].map(([key, value]) => [key, value.startsWith('cod_') ? 'code' : value])
    expect(shown).toEqual(answer)
    expect(callback.search === '').toBe(isFragment)
    expectStruck(mock, name)
    expect([...(await getCallback(mock)).searchParams.keys()]).toEqual(['code', 'state'])
  },
)

it('cb.error.description-html carries markup and 2 kB', async () => {
  const mock = createMock({ autoConsent: true })
  mock.fault('cb.error.description-html')
  const description = (await getCallback(mock)).searchParams.get('error_description') ?? ''
  expect(description).toMatch(/^<img src=x onerror=/)
  expect(description.length).toBeGreaterThan(2_000)
})

it('cb.error-echo repeats the request', async () => {
  const mock = createMock({ autoConsent: true })
  mock.fault('cb.error-echo')
  const description = (await getCallback(mock)).searchParams.get('error_description') ?? ''
  expect(description).toContain('state,st-1')
  expect(description).toContain('code_challenge,')
})

it('cb.param.duplicate and cb.param.set take a parameter of your choice', async () => {
  const mock = createMock({ autoConsent: true })
  mock.fault('cb.param.duplicate', { name: 'state' })
  expect((await getCallback(mock)).searchParams.getAll('state')).toEqual(['st-1', 'st-12'])
  mock.fault('cb.param.set', { name: 'code', value: 'stolen' })
  expect((await getCallback(mock)).searchParams.get('code')).toBe('stolen')
})

it('cb.iss.missing-though-advertised promises what does not come', async () => {
  const mock = createMock({ autoConsent: true })
  mock.fault('cb.iss.missing-though-advertised')
  const document = await readJson(await send(mock, '/.well-known/openid-configuration'))
  expect(document['authorization_response_iss_parameter_supported']).toBe(true)
  expect((await getCallback(mock)).searchParams.has('iss')).toBe(false)
  mock.verify()
})

it.each(['authorize.html-error-page', 'authorize.redirect-loop'] as const)(
  '%s redirects to no app',
  async (name) => {
    const mock = createMock({ autoConsent: true })
    mock.fault(name)
    const response = await authorize(mock)
    const isLoop = name === 'authorize.redirect-loop'
    expect(response.status).toBe(isLoop ? 302 : 400)
    if (isLoop) expect(response.headers.get('location')).toContain('/oauth2/authorize?')
    expectStruck(mock, name)
  },
)

it.each(['consent.expired', 'consent.double-submit'] as const)(
  '%s answers the decision with a page',
  async (name) => {
    const mock = createMock()
    const jar = new CookieJar()
    const page = await openConsentPage(mock, jar)
    mock.fault(name)
    expect((await confirm(mock, jar, page)).status).toBe(400)
    expectStruck(mock, name)
  },
)
