import { describe, expect, it } from 'vitest'
import { findingRules, type FindingRule, type MockServer, type MockServerOptions } from '../src/index.js'
import { authorize, post, redeem, redirectUri, refresh, type AuthorizeParameters } from './support/flow.js'
import { createStrictMock, createTransaction, secret, signInWell } from './support/good-client.js'

type Lenient = NonNullable<MockServerOptions['lenient']>

function getRules(mock: MockServer): FindingRule[] {
  return mock.findings().map(({ rule }) => rule)
}

describe('the lint', () => {
  type Mistake = (mock: MockServer) => Promise<unknown>
  const asked = (changes: AuthorizeParameters): Mistake => {
    return (mock) => authorize(mock, { ...createTransaction().parameters, ...changes })
  }
  /** Two sign-ins with one value in common. */
  const askedTwice =
    (name: string): Mistake =>
    async (mock) => {
      const { parameters } = createTransaction()
      await authorize(mock, parameters)
      // The same request once more is a reload, and no mistake of the client.
      await authorize(mock, parameters)
      expect(mock.findings()).toEqual([])
      await authorize(mock, { ...createTransaction().parameters, [name]: parameters[name] })
    }
  const basic = { authorization: `Basic ${btoa(`basic:${secret}`)}` }
  const mistakes: [rule: FindingRule, mistake: Mistake][] = [
    ['response_type.implicit', asked({ response_type: 'token', code_challenge: undefined })],
    ['pkce.missing', asked({ code_challenge: undefined, code_challenge_method: undefined })],
    ['pkce.plain', asked({ code_challenge_method: 'plain' })],
    ['pkce.plain', asked({ code_challenge_method: undefined })],
    ['pkce.reused', askedTwice('code_challenge')],
    ['state.missing', asked({ state: undefined })],
    ['state.reused', askedTwice('state')],
    ['state.guessable', asked({ state: '1764054000' })],
    ['nonce.missing', asked({ nonce: undefined })],
    ['nonce.reused', askedTwice('nonce')],
    ['nonce.guessable', asked({ nonce: 'abc'.repeat(20) })],
    ['pkce.weak-verifier', (mock) => redeem(mock, 'cod_unknown', { code_verifier: '0123456789'.repeat(5) })],
    [
      'pkce.reused',
      async (mock) => {
        const { verifier } = createTransaction()
        await redeem(mock, 'cod_unknown-1', { code_verifier: verifier })
        await redeem(mock, 'cod_unknown-2', { code_verifier: verifier })
      },
    ],
    [
      'code.repeated',
      async (mock) => {
        const { code, verifier } = await signInWell(mock)
        await redeem(mock, code, { code_verifier: verifier })
      },
    ],
    [
      'grant.password',
      (mock) =>
        post(mock, '/oauth2/token', {
          grant_type: 'password',
          client_id: 'app',
          username: 'a',
          password: 'b',
        }),
    ],
    [
      'client_auth.two-methods',
      (mock) =>
        redeem(mock, 'cod_x', { client_id: 'basic', client_secret: secret, code_verifier: '' }, basic),
    ],
    [
      'client_auth.secret-in-page',
      (mock) =>
        redeem(
          mock,
          'cod_x',
          { client_id: 'basic', code_verifier: '' },
          { ...basic, origin: new URL(redirectUri).origin },
        ),
    ],
    [
      'scope.on-code',
      async (mock) => redeem(mock, 'cod_x', { scope: 'openid', code_verifier: createTransaction().verifier }),
    ],
    [
      'scope.widened',
      async (mock) => {
        const { tokens } = await signInWell(mock, { scope: 'openid' })
        await refresh(mock, tokens.refresh_token, { scope: 'openid email' })
      },
    ],
  ]

  it.each(mistakes)('finds %s', async (rule, make) => {
    const mock = createStrictMock()
    await make(mock)
    expect(getRules(mock)).toEqual([rule])
    const { level, spec } = findingRules.find((entry) => entry.rule === rule) ?? { level: '', spec: '' }
    if (level === 'warning') return mock.verify()
    const failure = expect.objectContaining({
      code: 'lint_failed',
      message: expect.stringContaining(spec) as string,
    }) as Error
    expect(() => mock.verify()).toThrow(failure)
    mock.verify()
    expect(getRules(mock)).toEqual([rule])
  })

  it('has a test for each rule', () => {
    const tested = new Set(mistakes.map(([rule]) => rule))
    const lint = findingRules.filter(({ kind }) => kind === 'lint').map(({ rule }) => rule)
    expect([...tested].sort()).toEqual([...lint].sort())
  })

  it.each<[string, Lenient]>([
    ['wholly', true],
    ['in that rule', ['pkce.plain']],
  ])('lets pass what the option says, %s, and lists it still', async (_title, lenient) => {
    const mock = createStrictMock({ lenient })
    await asked({ code_challenge_method: 'plain' })(mock)
    mock.verify()
    expect(getRules(mock)).toEqual(['pkce.plain'])
  })

  it('refuses to be lenient in a rule that is none, or in a leak', () => {
    for (const rule of ['pkce.plane', 'leak.url']) {
      const lenient = [rule] as unknown as Lenient
      expect(() => createStrictMock({ lenient })).toThrow(/lenient: there is no lint rule/)
    }
  })

  it('lets a code be sent again whose first answer got lost', async () => {
    const mock = createStrictMock({ autoConsent: true })
    const { verifier, parameters } = createTransaction()
    const callback = (await authorize(mock, parameters)).headers.get('location') ?? ''
    const code = new URL(callback).searchParams.get('code') ?? ''
    mock.fault('transport.offline')
    await expect(redeem(mock, code, { code_verifier: verifier })).rejects.toThrow(TypeError)
    expect((await redeem(mock, code, { code_verifier: verifier })).status).toBe(200)
    mock.verify()
  })
})
