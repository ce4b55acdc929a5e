import { expect, it } from 'vitest'
import type { EndpointAnswer } from '../../src/protocol/request.js'
import { processTokenResponse, toOAuthError, toOAuthErrorOf } from '../../src/protocol/token-response.js'
import { refusal, toRefusal } from '../kit/refusal.js'

/** What was sent. */
const SECRETS = ['code/1', 'verifier-1']
const TOKENS = { access_token: 'tok_1', token_type: 'Bearer' }

function answer(
  body: unknown,
  status = 200,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): EndpointAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { kind: 'answer', status, headers: new Headers(headers), body: text, secrets: SECRETS }
}

/** What was refused, or the tokens. */
function process(asked: EndpointAnswer): unknown {
  const result = processTokenResponse(asked)
  if (result.kind === 'tokens') return result.tokens
  expect(result.kind).toBe('refused')
  return { ...toRefusal(result.error), retryAfter: result.retryAfter }
}

const refused = (...facts: Parameters<typeof refusal>): unknown => ({
  ...refusal(...facts),
  retryAfter: null,
})
const invalid = (detail: string): unknown => refused('token', 'token_response_invalid', { detail })

it.each<[string, Parameters<typeof refusal>[1]]>([
  ['network', 'token_request_failed'],
  ['timeout', 'timeout'],
  ['redirect', 'redirect_rejected'],
  ['too_large', 'token_response_invalid'],
])('refuses a request that failed by %s', (reason, code) => {
  const failed = { kind: 'failed', reason } as EndpointAnswer
  expect(process(failed)).toEqual(refused('token', code, { detail: reason, retryable: true }))
})

it.each([200, 400, 401, 403])('takes an OAuth error with status %i at its word', (status) => {
  const oauth = { error: 'invalid_grant', description: null }
  expect(process(answer({ error: 'invalid_grant' }, status))).toEqual(
    refused('token', 'token_endpoint_error', { oauth }),
  )
})

it.each([402, 429, 500, 503])('takes an OAuth error with status %i for a bad day of the server', (status) => {
  const headers = { 'content-type': 'application/json', 'retry-after': '7' }
  const body = { error: 'invalid_grant', error_description: 'later' }
  expect(process(answer(body, status, headers))).toEqual({
    ...refusal('token', 'token_request_failed', {
      retryable: true,
      oauth: { error: 'invalid_grant', description: 'later' },
    }),
    retryAfter: '7',
  })
})

it('prefers an OAuth error to the tokens beside it', () => {
  const oauth = { error: 'invalid_grant', description: null }
  expect(process(answer({ ...TOKENS, error: 'invalid_grant' }))).toEqual(
    refused('token', 'token_endpoint_error', { oauth }),
  )
})

it.each([201, 204, 400, 404, 500])(
  'refuses status %i without an OAuth error, to be tried again',
  (status) => {
    expect(
      process(answer(TOKENS, status, { 'content-type': 'application/json', 'retry-after': 'soon' })),
    ).toEqual({
      ...refusal('token', 'token_request_failed', { detail: `status ${status}`, retryable: true }),
      retryAfter: 'soon',
    })
  },
)

it.each<[string, EndpointAnswer]>([
  ['no object', answer('[]')],
  ['no JSON', answer('{"access_token":')],
  ['HTML by its type', answer(TOKENS, 200, { 'content-type': 'text/html' })],
  ['an OAuth error that is HTML by its type', answer({ error: 'e' }, 200, { 'content-type': 'text/html' })],
])('refuses %s', (_name, asked) => {
  expect(process(asked)).toEqual(invalid('not JSON'))
})

it.each<[string, object, unknown]>([
  ['no access token', { access_token: undefined }, invalid('access_token')],
  ['an access token that is a number', { access_token: 7 }, invalid('access_token')],
  ['an empty access token', { access_token: '' }, invalid('access_token')],
  ['an access token with a line break', { access_token: 'tok\r\nx' }, invalid('access_token')],
  ['an access token that starts with a space', { access_token: ' tok' }, invalid('access_token')],
  ['an access token with text behind its padding', { access_token: 'tok=x' }, invalid('access_token')],
  ['no token type', { token_type: undefined }, invalid('token_type')],
  ['a token type that is no text', { token_type: ['Bearer'] }, invalid('token_type')],
  ['another token type', { token_type: 'DPoP' }, refused('token', 'token_type_unsupported')],
  ['an empty refresh token', { refresh_token: '' }, invalid('refresh_token')],
  ['a refresh token that is an object', { refresh_token: {} }, invalid('refresh_token')],
  ['an empty id_token', { id_token: '' }, invalid('id_token')],
  ['an id_token that is a number', { id_token: 7 }, invalid('id_token')],
  ['a scope that is a list', { scope: ['openid'] }, invalid('scope')],
])('refuses %s', (_name, change, expected) => {
  expect(process(answer({ ...TOKENS, ...change }))).toEqual(expected)
})

it('copies the members it knows, and null for each that is missing', () => {
  const whole = { refresh_token: 'r', id_token: 'i', scope: '', expires_in: 60, session_state: 'x' }
  const none = { refreshToken: null, idToken: null, scope: null, expiresIn: null }
  expect(process(answer(TOKENS))).toEqual({ accessToken: 'tok_1', ...none })
  expect(process(answer({ ...TOKENS, refresh_token: null, id_token: null, scope: null }))).toEqual({
    accessToken: 'tok_1',
    ...none,
  })
  expect(process(answer({ ...TOKENS, ...whole }))).toEqual({
    accessToken: 'tok_1',
    refreshToken: 'r',
    idToken: 'i',
    scope: '',
    expiresIn: 60,
  })
})

it.each([{ token_type: 'bearer' }, { token_type: 'BEARER' }])('accepts a token type of %o', (type) => {
  expect(process(answer({ ...TOKENS, ...type }))).toMatchObject({ accessToken: 'tok_1' })
})

it.each(['a', 'aZ09_.~+/-', 'tok=', 'tok=='])('accepts an access token %s', (access_token) => {
  expect(process(answer({ ...TOKENS, access_token }))).toMatchObject({ accessToken: access_token })
})

it.each<[unknown, number | null]>([
  [3600, 3600],
  [0.5, 0.5],
  ['3600', 3600],
  ['3600s', null],
  ['-1', null],
  [' 1', null],
  ['1e3', null],
  ['', null],
  [0, null],
  ['0', null],
  [-1, null],
  [400 * 86_400, null],
  [400 * 86_400 - 1, 400 * 86_400 - 1],
  [null, null],
  [[60], null],
  [{}, null],
])('reads expires_in %j as %j seconds', (expires_in, expiresIn) => {
  expect(process(answer({ ...TOKENS, expires_in }))).toMatchObject({ expiresIn })
})

it('makes text of an OAuth error harmless: printable ASCII, cut', () => {
  expect(toOAuthError('a"b\\c\u007Fd\u00E9\n!#[]~', 'x'.repeat(300), [])).toEqual({
    error: 'a b c d  !#[]~',
    description: 'x'.repeat(256),
  })
  expect(toOAuthError('e'.repeat(257), 7, [])).toEqual({ error: 'e'.repeat(256), description: null })
})

it('finds an OAuth error by its text only', () => {
  expect(toOAuthErrorOf(null, [])).toBeUndefined()
  expect(toOAuthErrorOf({}, [])).toBeUndefined()
  expect(toOAuthErrorOf({ error: { message: 'x' } }, [])).toBeUndefined()
  expect(toOAuthErrorOf({ error: 'e', error_description: 'why' }, [])).toEqual({
    error: 'e',
    description: 'why',
  })
})

it('leaves no secret that was sent in an OAuth error, as it was sent or encoded, also where the text is cut', () => {
  const sent = 'code/1 or code%2F1 with verifier-1verifier-1'
  const oauth = { error: 'no *** here', description: '*** or *** with ******' }
  const body = { error: 'no code/1 here', error_description: sent }
  expect(process(answer(body, 400))).toEqual(refused('token', 'token_endpoint_error', { oauth }))
  const retried = { oauth: { error: 'e', description: '***' }, retryable: true }
  expect(process(answer({ error: 'e', error_description: 'code/1' }, 503))).toEqual(
    refused('token', 'token_request_failed', retried),
  )
  const atTheEnd = toOAuthError('e', `${'x'.repeat(250)}verifier-1`, SECRETS)
  expect(atTheEnd.description).toBe(`${'x'.repeat(250)}***`)
})
