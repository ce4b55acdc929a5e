import { expect, it } from 'vitest'
import { processAuthorizationResponse } from '../../src/protocol/authorization-response.js'
import { CLIENT_ID, ISSUER, json, METADATA, NOW } from '../kit/protocol-page.js'
import { refusal, type Refusal } from '../kit/refusal.js'
import { answerSignIn, GOOD_QUERY, openSignInPage } from '../kit/sign-in-page.js'

const refused = (code: Refusal['code'], facts: Partial<Refusal> = {}) => refusal('callback', code, facts)

it('exchanges the code once and gives what was validated', async () => {
  const { page, result, nonce } = await answerSignIn(GOOD_QUERY)
  expect(result).toMatchObject({
    kind: 'signed-in',
    tokenSet: {
      accessToken: 'tok_1',
      refreshToken: 'r_1',
      user: { sub: 'usr_1' },
      issuedAt: NOW,
      scope: 'openid email',
      receivedAt: NOW * 1000,
      expiresIn: 60,
      nonce,
      tokenEndpoint: METADATA.tokenEndpoint,
      revocationEndpoint: METADATA.revocationEndpoint,
    },
    transaction: { returnTo: '/here', nonce },
  })
  const code_verifier = result.transaction?.codeVerifier ?? ''
  expect(page.exchanges().map((form) => Object.fromEntries(form))).toEqual([
    {
      grant_type: 'authorization_code',
      code: 'c-1',
      code_verifier,
      redirect_uri: 'https://app.test/cb',
      client_id: CLIENT_ID,
    },
  ])
  const sent = page.sent.find(({ url }) => url === METADATA.tokenEndpoint)
  expect(sent?.init).toMatchObject({ method: 'POST', cache: 'no-store' })
  expect(page.events).toMatchObject([
    ['request', { endpoint: expect.stringMatching(/clock|token/) as string }],
    ['request', { endpoint: expect.stringMatching(/clock|token/) as string }],
  ])
})

it('asks for the keys beside the exchange, and again when the token is there', async () => {
  const { page } = await answerSignIn(GOOD_QUERY)
  expect(page.asked).toEqual([`get ${METADATA.jwksUri}`, `get ${METADATA.jwksUri}`])
})

it('goes on when the keys did not come beside the exchange', async () => {
  const { result } = await answerSignIn(GOOD_QUERY, {}, {}, ({ sources }) => {
    const { jwks } = sources
    const get = jwks.get
    let times = 0
    Object.assign(jwks, {
      get: (uri: string) => (times++ === 0 ? Promise.reject(new Error('down')) : get(uri)),
    })
  })
  expect(result.kind).toBe('signed-in')
})

it.each<[string, string, Refusal]>([
  ...['code', 'state', 'iss', 'error', 'error_description', 'error_uri'].map(
    (name): [string, string, Refusal] => [
      `two of ${name}`,
      `${GOOD_QUERY}&${name}=x&${name}=x`,
      refused('callback_duplicate_param'),
    ],
  ),
  ...['access_token', 'id_token', 'token_type', 'refresh_token'].map((name): [string, string, Refusal] => [
    `${name} in the URL`,
    `${GOOD_QUERY}&${name}=`,
    refused('unexpected_response_params'),
  ]),
  ['broken encoding', `${GOOD_QUERY}%`, refused('callback_malformed', { detail: 'encoding' })],
  ['no state', 'code=c-1', refused('state_missing')],
  ['an empty state', 'code=c-1&state=', refused('state_missing')],
  ['a state cut by a semicolon', `${GOOD_QUERY};x`, refused('state_mismatch')],
  ['a state with a space before it', 'code=c-1&state=%20STATE', refused('state_mismatch')],
  ['a state that is encoded twice', 'code=c-1&state=STATE%2541', refused('state_mismatch')],
  ['a state that cannot be decoded twice', 'code=c-1&state=%25', refused('state_mismatch')],
  ['one that begins well', 'code=c-1&state=STATE%25', refused('state_mismatch')],
  ['one that ends well', 'code=c-1&state=%25STATE', refused('state_mismatch')],
  ['a state of nobody', 'code=c-1&state=sp1.x', refused('state_mismatch')],
])('refuses %s before it takes the transaction', async (_name, query, expected) => {
  const { page, result, refused: found } = await answerSignIn(query)
  expect(found).toEqual(expected)
  expect(result).toMatchObject({ kind: 'refused', transaction: null, discarded: null })
  expect([page.sent, page.asked]).toEqual([[], []])
  expect(page.tab.sessionStorage.length).toBe(1)
})

it.each<[string, string, Refusal]>([
  ['code and error', `${GOOD_QUERY}&error=e`, refused('callback_malformed', { detail: 'code and error' })],
  ['no code', 'state=STATE', refused('callback_malformed', { detail: 'no code' })],
  ['an empty code', 'code=&state=STATE', refused('callback_malformed', { detail: 'no code' })],
])('refuses %s', async (_name, query, expected) => {
  const { page, refused: found } = await answerSignIn(query)
  expect(found).toEqual(expected)
  expect(page.sent).toEqual([])
})

it.each<[string, string, boolean, Refusal | null]>([
  ['the issuer', ISSUER, false, null],
  ['the issuer, as was promised', ISSUER, true, null],
  ['another issuer', 'https://evil.test', false, refused('response_iss_mismatch')],
  ['the issuer with a slash', `${ISSUER}/`, true, refused('response_iss_mismatch')],
  ['an empty issuer', '', false, refused('response_iss_mismatch')],
])('compares iss with %s', async (_name, iss, isIssParameterSupported, expected) => {
  const query = `${GOOD_QUERY}&iss=${encodeURIComponent(iss)}`
  const {
    page,
    refused: found,
    result,
  } = await answerSignIn(query, { metadata: { isIssParameterSupported } })
  expect(found).toEqual(expected)
  expect(page.exchanges()).toHaveLength(expected === null ? 1 : 0)
  expect(result.transaction).not.toBeNull()
})

it.each([GOOD_QUERY, 'error=access_denied&state=STATE'])(
  'refuses %s without the iss that was promised',
  async (query) => {
    const { page, refused: found } = await answerSignIn(query, {
      metadata: { isIssParameterSupported: true },
    })
    expect(found).toEqual(refused('response_iss_missing'))
    expect(page.sent).toEqual([])
  },
)

it.each<[string, Refusal['code'], boolean]>([
  ['login_required', 'login_required', false],
  ['interaction_required', 'interaction_required', false],
  ['consent_required', 'consent_required', false],
  ['account_selection_required', 'account_selection_required', false],
  ['access_denied', 'authorization_error', false],
  ['server_error', 'authorization_error', true],
  ['temporarily_unavailable', 'authorization_error', true],
])('tells of the error %s, with its transaction', async (error, code, retryable) => {
  const {
    page,
    result,
    refused: found,
  } = await answerSignIn(`error=${error}&error_description=why&state=STATE`)
  expect(found).toEqual(refused(code, { retryable, oauth: { error, description: 'why' } }))
  expect(result).toMatchObject({ transaction: { returnTo: '/here' }, discarded: null })
  expect([page.sent, page.asked]).toEqual([[], []])
})

it('sends the code to the endpoint that was named when the user left, and keeps the later one', async () => {
  const moved = `${ISSUER}/moved`
  const { page, result } = await answerSignIn(GOOD_QUERY, {}, {}, ({ sources }) => {
    Object.assign(sources.metadata, { get: async () => ({ ...METADATA, tokenEndpoint: moved }) })
  })
  expect(page.exchanges()).toHaveLength(1)
  expect(page.sent.map(({ url }) => url)).not.toContain(moved)
  expect(result).toMatchObject({ kind: 'signed-in', tokenSet: { tokenEndpoint: moved } })
})

it('uses a callback once', async () => {
  const page = openSignInPage()
  const { searchParams } = await page.start()
  const query = `code=c-1&state=${searchParams.get('state')}`
  const results = await Promise.all(
    [1, 2].map(() => processAuthorizationResponse(page.context, page.sources, query)),
  )
  expect(results.map(({ kind }) => kind).sort()).toEqual(['refused', 'signed-in'])
  expect(page.exchanges()).toHaveLength(1)
})

it('sends no code of a sign-in that took too long, and says where the user wanted to go', async () => {
  const {
    page,
    result,
    refused: found,
  } = await answerSignIn(GOOD_QUERY, {}, {}, ({ clock }) => clock.jump(601_000))
  expect(found).toEqual(refused('transaction_expired'))
  expect(result).toMatchObject({ transaction: { returnTo: '/here', isExpired: true }, discarded: null })
  expect([page.sent, page.asked]).toEqual([[], []])
})

it('discards nothing when the exchange itself is refused', async () => {
  const { result, refused: found } = await answerSignIn(GOOD_QUERY, {
    answer: () => json({ error: 'invalid_grant' }, 400),
  })
  expect(found).toEqual(
    refusal('token', 'token_endpoint_error', { oauth: { error: 'invalid_grant', description: null } }),
  )
  expect(result).toMatchObject({ discarded: null, transaction: { returnTo: '/here' } })
})

it('passes on what is no refusal', async () => {
  const page = openSignInPage()
  const { searchParams } = await page.start()
  const broken = new TypeError('broken')
  Object.assign(page.sources.metadata, { get: () => Promise.reject(broken) })
  const query = `code=c-1&state=${searchParams.get('state')}`
  await expect(processAuthorizationResponse(page.context, page.sources, query)).rejects.toBe(broken)
})

it('leaves neither state nor nonce in what the authority says of an error', async () => {
  const { refused } = await answerSignIn('error=x_STATE&error_description=NONCE+of+STATE&state=STATE')
  expect(refused?.oauth).toEqual({ error: 'x_***', description: '*** of ***' })
})

it.each(['xlogin_required', 'login_requiredx', 'server_errorx', 'xtemporarily_unavailable'])(
  'takes %s for no error that it knows',
  async (error) => {
    const { refused } = await answerSignIn(`error=${error}&state=STATE`)
    expect(refused).toMatchObject({ code: 'authorization_error', retryable: false })
  },
)
