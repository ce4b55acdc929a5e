import { expect, it } from 'vitest'
import type { RefreshFaults } from '../src/faults/refresh-faults.js'
import type { TokenFaults } from '../src/faults/token-faults.js'
import type { FaultName } from '../src/index.js'
import { createMock, getCode, readJson, readTokens, redeem, refresh, signIn } from './support/flow.js'
import { diffClaims, expectStruck, refreshWith, takeApart } from './support/fault-run.js'

interface TokenOutcome {
  status?: number
  error?: string
  /** Members that differ from a good answer. */
  members?: object
  /** Whether the code still works afterwards: nothing was done. */
  isUntouched?: boolean
}

const refused = (error: string, status = 400): TokenOutcome => ({ status, error, isUntouched: true })

const tokenOutcomes: Record<keyof TokenFaults, TokenOutcome> = {
  'token.invalid_grant': refused('invalid_grant'),
  'token.code.replayed': { status: 400, error: 'invalid_grant' },
  'token.invalid_client': refused('invalid_client', 401),
  'token.unauthorized_client': refused('unauthorized_client'),
  'token.status': refused('server_error', 503),
  'token.error-with-200': refused('invalid_grant', 200),
  'token.type.wrong': { members: { token_type: 'mac' } },
  'token.access_token.missing': { members: { access_token: undefined } },
  'token.expires_in.missing': { members: { expires_in: undefined } },
  'token.expires_in.zero': { members: { expires_in: 0 } },
  'token.expires_in.negative': { members: { expires_in: -1 } },
  'token.expires_in.string': { members: { expires_in: '3600' } },
  'token.expires_in.huge': { members: { expires_in: 1e12 } },
  'token.scope.narrowed': { members: { scope: 'openid' } },
  'token.redirect': { status: 307, isUntouched: true },
  'token.use_dpop_nonce': refused('use_dpop_nonce'),
  'tolerate.token.extra-members': {
    members: { profile: { sub: 'usr_someone_else' }, state: 'forged', expires_at: 1 },
  },
  'token.member.set': { members: { token_type: undefined } },
  'tolerate.token.type-lowercase': { members: { token_type: 'bearer' } },
  'tolerate.token.scope-absent': { members: { scope: undefined } },
  'tolerate.token.no-refresh-token': { members: { refresh_token: undefined } },
}

/** Members of a token answer, with what differs in every answer named by its kind. */
function toShape(answer: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [
      name,
      /^(tok_|rft_|eyJ)/.test(String(value)) ? 'token' : value,
    ]),
  )
}

it.each(Object.entries(tokenOutcomes) as [FaultName, TokenOutcome][])(
  '%s is what it says',
  async (name, outcome) => {
    const good = toShape({ ...(await signIn(createMock())) })
    const mock = createMock()
    const code = await getCode(mock)
    mock.fault(name)
    const response = await redeem(mock, code)
    expect(response.status).toBe(outcome.status ?? 200)
    if (outcome.error !== undefined) expect(await readJson(response)).toMatchObject({ error: outcome.error })
    else if (outcome.members) {
      const expected = JSON.parse(JSON.stringify({ ...good, ...outcome.members })) as unknown
      expect(toShape(await readJson(response))).toEqual(expected)
    } else expect(response.headers.get('location')).toBe('https://someone-else.example/oauth2/token')
    expectStruck(mock, name)
    expect((await redeem(mock, code)).status).toBe(outcome.isUntouched === true ? 200 : 400)
  },
)

it('token.status takes a status and a Retry-After', async () => {
  const mock = createMock()
  mock.fault('token.status', { status: 429, error: 'slow_down', retryAfter: 'Thu, 01 Jan 2026 00:00:10 GMT' })
  const response = await redeem(mock, 'cod_x')
  expect([response.status, response.headers.get('retry-after')]).toEqual([
    429,
    'Thu, 01 Jan 2026 00:00:10 GMT',
  ])
})

const lost = 'lost'
/** What the refresh answers, and what becomes of the old refresh token: 200 (still good) or 400. */
const refreshOutcomes: Record<
  keyof RefreshFaults,
  [answer: number | typeof lost, old: 200 | 400, claims?: object]
> = {
  'refresh.invalid_grant': [400, 200],
  'refresh.reuse-detected': [400, 400],
  'refresh.not-rotated': [200, 200],
  'refresh.rotated-response-lost': [lost, 400],
  'refresh.id_token.other-sub': [200, 400, { sub: 'usr_mira1' }],
  'refresh.id_token.other-iss': [200, 400, { iss: 'https://someone-else.example' }],
  'refresh.id_token.other-aud': [200, 400, { aud: 'app1' }],
  'refresh.id_token.other-azp': [200, 400, { azp: 'https://someone-else.example' }],
  'refresh.id_token.new-nonce': [200, 400, { nonce: 'never-sent' }],
  'refresh.id_token.auth_time-changed': [200, 400, { auth_time: 1_767_225_660 }],
  'refresh.id_token.absent': [200, 400],
  'refresh.5xx': [503, 200],
  'refresh.offline': [lost, 200],
  'refresh.access_denied-user-disabled': [400, 200],
}

it.each(
  Object.entries(refreshOutcomes) as [keyof RefreshFaults, [number | typeof lost, 200 | 400, object?]][],
)('%s is what it says', async (name, [answer, old, claims]) => {
  const mock = createMock()
  const before = await signIn(mock)
  const again = await readTokens(await refresh(mock, before.refresh_token))
  mock.fault(name)
  const attempt = refresh(mock, again.refresh_token)
  if (answer === lost) await expect(attempt).rejects.toMatchObject({ message: 'fetch failed' })
  else expect((await attempt).status).toBe(answer)
  expectStruck(mock, name)
  if (claims) {
    const { response } = await refreshWith(name)
    const { id_token } = await readTokens(response)
    const {
      at_hash,
      iat,
      exp,
      nonce = null,
      ...rest
    } = diffClaims(before.id_token, takeApart(id_token).claims)
    expect([at_hash, iat, exp].includes(undefined)).toBe(false)
    expect(nonce === null || nonce === undefined ? rest : { nonce, ...rest }).toEqual(claims)
  }
  expect((await refresh(mock, again.refresh_token)).status).toBe(old)
})

it('refresh.not-rotated and refresh.id_token.absent leave the member out', async () => {
  const notRotated = await refreshWith('refresh.not-rotated')
  expect(await readJson(notRotated.response)).not.toHaveProperty('refresh_token')
  const withoutIdToken = await refreshWith('refresh.id_token.absent')
  expect(await readJson(withoutIdToken.response)).not.toHaveProperty('id_token')
})
