import { describe, expect, it } from 'vitest'
import type { AuthorizeFaults } from '../src/faults/authorize-faults.js'
import type { CallbackTimingFaults } from '../src/faults/callback-timing-faults.js'
import { foreignMessageScriptPath } from '../src/pages/foreign-message-page.js'
import type { FaultName } from '../src/index.js'
import {
  authorize,
  confirm,
  CookieJar,
  createMock,
  getAnswer,
  getCode,
  openConsentPage,
  redirectUri,
  send,
} from './support/flow.js'
import { expectStruck } from './support/fault-run.js'

/** The attributes of the script element, unescaped. */
function readScript(text: string): Record<string, string> {
  const attributes = /<script ([^>]*)>/.exec(text)?.[1] ?? ''
  const unescape = (value: string): string => value.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  return Object.fromEntries(
    [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      unescape(value),
    ]),
  )
}

const timing: Record<keyof CallbackTimingFaults, () => Promise<void>> = {
  'cb.never': async () => {
    const mock = createMock({ autoConsent: true })
    mock.fault('cb.never')
    const response = await authorize(mock)
    expect([response.status, response.headers.get('location')]).toEqual([200, null])
    expect(await response.text()).toContain('Nothing more happens here')
    expectStruck(mock, 'cb.never')
    expect(getAnswer(await authorize(mock))).toHaveProperty('code')
  },
  'cb.late': async () => {
    const waits: number[] = []
    const wait = (milliseconds: number): Promise<void> => Promise.resolve(void waits.push(milliseconds))
    const mock = createMock({ autoConsent: true, wait })
    mock.fault('cb.late', { ms: 70_000 })
    expect(getAnswer(await authorize(mock))).toMatchObject({ state: 'st-1' })
    expect(waits).toEqual([70_000])
    expectStruck(mock, 'cb.late')
  },
  'cb.foreign-window-message': async () => {
    const mock = createMock()
    const jar = new CookieJar()
    const page = await openConsentPage(mock, jar, { state: 'a"b' })
    mock.fault('cb.foreign-window-message')
    const response = await confirm(mock, jar, page)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(response.headers.get('x-frame-options')).toBeNull()
    const script = readScript(await response.text())
    const callback = `${redirectUri}?code=forged&state=a%22b`
    expect(JSON.parse(script['data-messages'] ?? '')).toEqual([
      callback,
      { type: 'authorization_response', url: callback, response: { code: 'forged', state: 'a"b' } },
      { source: 'oidc-client', url: callback, keepOpen: false },
    ])
    expect(new URL(script['data-target'] ?? '').searchParams.get('code')).toMatch(/^cod_/)
    expect(script['src']).toBe(foreignMessageScriptPath)
    expectStruck(mock, 'cb.foreign-window-message')
  },
  'cb.reversed': async () => {
    const mock = createMock({ autoConsent: true })
    mock.fault('cb.reversed')
    const order: string[] = []
    const note = async (state: string): Promise<void> => {
      order.push(getAnswer(await authorize(mock, { state }))['state'] ?? '')
    }
    await Promise.all([note('first'), note('second')])
    expect(order).toEqual(['second', 'first'])
    await note('third')
    expectStruck(mock, 'cb.reversed')
  },
  'cb.repeated': async () => {
    const mock = createMock({ autoConsent: true })
    mock.fault('cb.repeated')
    const first = getAnswer(await authorize(mock, { state: 'first' }))
    expect(getAnswer(await authorize(mock, { state: 'second' }))).toEqual(first)
    expectStruck(mock, 'cb.repeated')
    expect(getAnswer(await authorize(mock, { state: 'third' }))['state']).toBe('third')
  },
}

const pages: Record<keyof AuthorizeFaults, () => Promise<void>> = {
  'authorize.ignores-prompt-none': async () => {
    const mock = createMock()
    mock.fault('authorize.ignores-prompt-none')
    const response = await authorize(mock, { prompt: 'none' })
    expect(response.headers.get('location')).toContain('/oauth2/consent?request=')
    expect(getAnswer(await authorize(mock, { prompt: 'none' }))['error']).toBe('login_required')
    const jar = new CookieJar()
    await getCode(mock, {}, jar)
    mock.fault('authorize.ignores-prompt-none')
    const signedIn = await authorize(mock, { prompt: 'none' }, jar.header)
    expect(signedIn.headers.get('location')).toContain('/oauth2/consent?request=')
    expect(getAnswer(await authorize(mock, { prompt: 'none' }, jar.header))).toHaveProperty('code')
    expectStruck(mock, 'authorize.ignores-prompt-none')
  },
  'authorize.x-frame-options': async () => {
    const mock = createMock()
    mock.fault('authorize.x-frame-options')
    const response = await authorize(mock, { prompt: 'none' })
    expect([response.status, response.headers.get('location')]).toEqual([200, null])
    expect(response.headers.get('x-frame-options')).toBe('DENY')
    expectStruck(mock, 'authorize.x-frame-options')
  },
  'consent.coop': async () => {
    const mock = createMock()
    mock.fault('consent.coop')
    const { response } = await openConsentPage(mock, new CookieJar())
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin')
    const { response: next } = await openConsentPage(mock, new CookieJar())
    expect(next.headers.get('cross-origin-opener-policy')).toBeNull()
    expectStruck(mock, 'consent.coop')
  },
}

describe('a fault in how the answer travels', () => {
  it.each(Object.entries({ ...timing, ...pages }) as [FaultName, () => Promise<void>][])(
    '%s is what it says',
    (_name, check) => check(),
  )

  it('cb.reversed lets a single sign-in go when nobody follows', async () => {
    const mock = createMock({ autoConsent: true, wait: () => Promise.resolve() })
    mock.fault('cb.reversed')
    expect(getAnswer(await authorize(mock))).toHaveProperty('code')
  })

  it('cb.foreign-window-message takes other messages and leads on to the true answer', async () => {
    const mock = createMock()
    mock.fault('cb.foreign-window-message', { messages: [{ code: 'x', s: '{state}' }] })
    const jar = new CookieJar()
    const response = await confirm(mock, jar, await openConsentPage(mock, jar))
    const { 'data-messages': messages = '', 'data-target': target = '' } = readScript(await response.text())
    expect(messages).toBe('[{"code":"x","s":"st-1"}]')
    const posted: unknown[] = []
    const left: string[] = []
    const source = await (await send(mock, foreignMessageScriptPath)).text()
    const opener = { postMessage: (message: unknown, origin: string) => posted.push([message, origin]) }
    const page = { currentScript: { dataset: { messages, target } } }
    new Function('window', 'document', 'location', source)({ opener }, page, {
      replace: (url: string) => left.push(url),
    })
    expect(posted).toEqual([[{ code: 'x', s: 'st-1' }, '*']])
    expect(left).toEqual([target])
    expect(await getCode(mock)).toMatch(/^cod_/)
  })
})
