import { expect, it } from 'vitest'
import { findPreflightProblem } from '../../src/doctor/checks/cors-answer.js'
import type { Answer } from '../../src/doctor/probe.js'

const ORIGIN = 'https://notes.example'

const toAnswer = (headers: Record<string, string>, status = 204): Answer => ({
  ...{ kind: 'answer', status, body: '', at: 0 },
  headers: new Headers({ 'Access-Control-Allow-Origin': ORIGIN, ...headers }),
})

it.each([
  ['authorization', 'Content-Type, Authorization', null],
  ['authorization', '*, authorization', null],
  ['authorization', '*', /does not allow the header authorization$/],
  ['content-type', '*', null],
  ['content-type', '', /does not allow the header content-type$/],
] as const)(
  'a request with the header %s passes a preflight that allows "%s": %s',
  (header, allowed, problem) => {
    const answer = toAnswer({ 'Access-Control-Allow-Headers': allowed })
    const found = findPreflightProblem(answer, ORIGIN, { method: 'GET', header })
    if (problem === null) expect(found).toBeNull()
    else expect(found).toMatch(problem)
  },
)

it('a preflight that is not answered 2xx lets nothing through', () => {
  const answer = toAnswer({ 'Access-Control-Allow-Headers': 'authorization' }, 302)
  expect(findPreflightProblem(answer, ORIGIN, { method: 'GET', header: 'authorization' })).toMatch(
    /answered 302$/,
  )
})
