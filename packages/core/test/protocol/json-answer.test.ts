import { expect, it } from 'vitest'
import { requireJsonAnswer, type AnswerRule } from '../../src/protocol/json-answer.js'
import type { EndpointAnswer } from '../../src/protocol/request.js'
import { refusal, refusalOf, type Refusal } from '../kit/refusal.js'

const RULE: AnswerRule = {
  phase: 'userinfo',
  status: 201,
  failed: 'userinfo_failed',
  invalid: 'userinfo_invalid',
}

const answer = (body: string, status = 201, type = 'application/json'): EndpointAnswer => ({
  kind: 'answer',
  status,
  headers: new Headers({ 'content-type': type }),
  body,
  secrets: ['tok_1'],
})
const failed = (reason: string) => ({ kind: 'failed', reason }) as EndpointAnswer

it.each<[string, EndpointAnswer, Refusal]>([
  ['a time-out', failed('timeout'), refusal('userinfo', 'timeout', { retryable: true })],
  ['a redirect', failed('redirect'), refusal('userinfo', 'redirect_rejected')],
  ['a body too large', failed('too_large'), refusal('userinfo', 'userinfo_invalid', { detail: 'too large' })],
  [
    'a network that is down',
    failed('network'),
    refusal('userinfo', 'userinfo_failed', { detail: 'network', retryable: true }),
  ],
  [
    'another good status',
    answer('{}', 200),
    refusal('userinfo', 'userinfo_failed', { detail: 'status 200' }),
  ],
  [
    'an OAuth error',
    answer('{"error":"invalid_token"}', 401),
    refusal('userinfo', 'userinfo_failed', {
      detail: 'status 401',
      oauth: { error: 'invalid_token', description: null },
    }),
  ],
  [
    'an OAuth error that is HTML by its type',
    answer('{"error":"invalid_token"}', 401, 'text/html'),
    refusal('userinfo', 'userinfo_failed', { detail: 'status 401' }),
  ],
  ['status 499', answer('', 499), refusal('userinfo', 'userinfo_failed', { detail: 'status 499' })],
  [
    'too many requests',
    answer('', 429),
    refusal('userinfo', 'userinfo_failed', { detail: 'status 429', retryable: true }),
  ],
  [
    'status 500',
    answer('', 500),
    refusal('userinfo', 'userinfo_failed', { detail: 'status 500', retryable: true }),
  ],
  [
    'HTML',
    answer('{}', 201, 'text/html'),
    refusal('userinfo', 'userinfo_invalid', { detail: 'not a JSON object' }),
  ],
  ['a list', answer('[]'), refusal('userinfo', 'userinfo_invalid', { detail: 'not a JSON object' })],
])('refuses %s in the words of its rule', async (_name, asked, expected) => {
  expect(await refusalOf(() => requireJsonAnswer(asked, RULE))).toEqual(expected)
})

it('leaves no secret that was sent in an OAuth error', () => {
  const body = '{"error":"invalid_token","error_description":"tok_1 is unknown"}'
  expect(() => requireJsonAnswer(answer(body, 401), RULE)).toThrow(
    expect.objectContaining({
      oauth: { error: 'invalid_token', description: '*** is unknown' },
    }) as Error,
  )
})

it('says nothing of an OAuth error where there is none', () => {
  expect(() => requireJsonAnswer(answer('{}', 400), RULE)).toThrow(
    expect.objectContaining({ oauth: undefined }) as Error,
  )
})

it('gives the object back', () => {
  expect(requireJsonAnswer(answer('{"a":1}'), RULE)).toEqual({ a: 1 })
})
