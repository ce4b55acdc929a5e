import { expect, it } from 'vitest'
import { createRenewer } from '../../src/renewal/renew-session.js'
import type { Session } from '../../src/session/session.js'
import { json, NOW, offline, type Answer } from '../kit/protocol-page.js'
import { refusal, toRefusal, type Refusal } from '../kit/refusal.js'
import { openRenewalPage, SESSION, type RenewalSetting } from '../kit/renewal-page.js'

const TOKENS = { access_token: 'tok_2', token_type: 'Bearer', refresh_token: 'r_2', expires_in: 90 }
const ATTEMPT = { ...SESSION, attemptedAt: NOW * 1000 }
const refuse =
  (error: string, status = 400, headers: Record<string, string> = {}): Answer =>
  () =>
    json({ error }, status, headers)

async function renew(setting: RenewalSetting, session: Session = SESSION) {
  const page = openRenewalPage(setting)
  const renewal = await createRenewer(page.renewal)(session)
  return { page, renewal, error: 'error' in renewal ? toRefusal(renewal.error) : null }
}

const transient = (detail: string): Refusal =>
  refusal('refresh', 'refresh_transient', { retryable: true, detail })
const ended = (reason: string, code: string, reach = 'session') => ({
  kind: 'ended',
  reason,
  code,
  reach,
  discarded: [],
})

it.each<[string, Session, unknown]>([
  ['invalid_grant', SESSION, ended('expired', 'session_expired')],
  ['invalid_grant', { ...SESSION, attemptedAt: 7 }, ended('expired', 'refresh_reuse_suspected')],
  ['access_denied', SESSION, ended('revoked', 'session_expired')],
  ['access_denied', { ...SESSION, attemptedAt: 7 }, ended('revoked', 'session_expired')],
])('ends the session on %s', async (error, session, expected) => {
  const { page, renewal } = await renew({ answer: refuse(error), stored: [session] }, session)
  expect(renewal).toEqual(expected)
  expect(page.sent).toHaveLength(1)
  expect(page.announced).toEqual([[session.id, 'end']])
})

it('sends the token of a faster sibling after all, and only when there is one', async () => {
  const answers = [refuse('invalid_grant'), () => json(TOKENS)]
  const sibling = { ...SESSION, refreshToken: 'r_9', revision: 5 }
  const answer: Answer = (sent) => (answers.shift() ?? offline)(sent)
  const { page, renewal } = await renew({ answer, stored: [SESSION, sibling] })
  expect(renewal).toMatchObject({ kind: 'renewed', isAdopted: false })
  expect(page.spent()).toEqual(['r_1', 'r_9'])
  for (const found of [null, 'stale'] as const) {
    const alone = await renew({ answer: refuse('invalid_grant'), stored: [SESSION, found] })
    expect(alone.renewal).toEqual(ended('expired', 'session_expired'))
  }
})

it('refreshes no other session under the lock of this one', async () => {
  const other = { ...SESSION, id: 'session-2', refreshToken: 'r_9' }
  const { page, renewal } = await renew({ answer: refuse('invalid_grant'), stored: [SESSION, other] })
  expect(renewal).toEqual({ kind: 'renewed', isAdopted: true, discarded: [] })
  expect(page.spent()).toEqual(['r_1'])
})

it.each(['invalid_client', 'unauthorized_client', 'unsupported_grant_type'])(
  'lets the token live until it expires on %s',
  async (error) => {
    const { page, renewal, error: found } = await renew({ answer: refuse(error) })
    expect(renewal?.kind).toBe('rejected')
    expect(found).toEqual(refusal('refresh', 'refresh_rejected', { oauth: { error, description: null } }))
    expect(page.saved).toEqual([ATTEMPT, SESSION])
  },
)

it.each<[string, Answer, string, boolean]>([
  ['a network that is down', offline, 'token_request_failed', false],
  ['a 500 without an OAuth error', () => new Response('', { status: 500 }), 'token_request_failed', false],
  ['an OAuth error with a 500', refuse('invalid_grant', 500), 'token_request_failed', true],
  ['an OAuth error that says nothing of the session', refuse('invalid_scope'), 'token_endpoint_error', true],
  ['an answer that is none', () => json({}), 'token_response_invalid', true],
])('tries again later after %s', async (_name, answer, detail, isAnswered) => {
  const { page, renewal, error } = await renew({ answer })
  expect(renewal).toMatchObject({ kind: 'postponed', delayMs: 0, isFirm: false })
  expect(error).toEqual(transient(detail))
  // An attempt that nobody answered stays on record: its token may be spent.
  expect(page.saved).toEqual(isAnswered ? [ATTEMPT, SESSION] : [ATTEMPT])
})

it('waits as long as the authority asks', async () => {
  const { renewal } = await renew({ answer: refuse('x', 503, { 'retry-after': '7' }) })
  expect(renewal).toMatchObject({ kind: 'postponed', delayMs: 7000, isFirm: true })
  const soon = await renew({ answer: refuse('x', 503, { 'retry-after': '0' }) })
  expect(soon.renewal).toMatchObject({ kind: 'postponed', delayMs: 0, isFirm: false })
})

it('comes back later when another tab holds the lock for too long', async () => {
  const page = openRenewalPage({ answer: offline, options: { lockTimeout: 5 } })
  const name = `spatio.auth:${SESSION.issuer}:${SESSION.clientId}#${SESSION.id}#refresh`
  void page.tab.browser.locks.forTab({}).request(name, () => new Promise(() => undefined))
  const renewing = createRenewer(page.renewal)(SESSION)
  await page.clock.advance(5000)
  const renewal = await renewing
  expect(renewal.kind === 'postponed' && toRefusal(renewal.error)).toEqual(transient('timeout'))
  expect([page.sent, page.saved]).toEqual([[], []])
})

it('goes on with what its original hands to a copied tab', async () => {
  const handed = { ...SESSION, accessToken: 'tok_9', revision: 7 }
  const { page, renewal } = await renew({ answer: offline, stored: ['stale'], handed })
  expect(renewal).toEqual({ kind: 'renewed', isAdopted: true, discarded: [] })
  expect([page.sent, page.saved]).toEqual([[], [handed]])
})

it('ends a copied tab that nobody answers, alone and without sending its spent token', async () => {
  const { page, renewal } = await renew({ answer: offline, stored: ['stale'] })
  expect(renewal).toEqual(ended('expired', 'session_expired', 'tab'))
  expect([page.sent, page.announced]).toEqual([[], []])
})

it('takes a copied tab for signed out when its session ended meanwhile', async () => {
  const handed = { ...SESSION, accessToken: 'tok_9', revision: 7 }
  const { page, renewal } = await renew({ answer: offline, stored: ['stale'], handed, lostSaves: [0] })
  expect(renewal).toEqual(ended('signed-out-elsewhere', 'not_authenticated'))
  expect(page.sent).toEqual([])
})
