import { expect, it } from 'vitest'
import type { InternalTokenOptions } from '../../src/life/access-token.js'
import { repeatRefused } from '../../src/life/repeat-refused.js'

const refusedWith = (challenge?: string) =>
  new Response('no', { status: 401, ...(challenge && { headers: { 'www-authenticate': challenge } }) })

/** A request that was refused so, of a page whose token is `current` now. */
async function repeat(response: Response, current: string | null, getToken = async () => 'tok_2') {
  const asked: InternalTokenOptions[] = []
  const sent: [Request, string][] = []
  const request = new Request('https://op.test/v1/notes', { method: 'POST', body: 'text' })
  const answer = await repeatRefused(
    {
      response,
      token: 'tok_1',
      request,
      send: async (again, token) => (sent.push([again, token]), new Response('yes')),
    },
    current,
    async (options) => (asked.push(options), getToken()),
  )
  return { answer, asked, sent, request }
}

it.each([undefined, 'Bearer', 'Bearer error="invalid_token"', 'Bearer realm="x", error="invalid_token"'])(
  'sends the request once more with a new token after %j',
  async (challenge) => {
    const response = refusedWith(challenge)
    const { answer, asked, sent, request } = await repeat(response, 'tok_1')
    expect(asked).toEqual([{ signal: request.signal, forceRefresh: true, trigger: 'unauthorized' }])
    expect(sent).toEqual([[request, 'tok_2']])
    expect(await answer.text()).toBe('yes')
    expect(response.bodyUsed).toBe(true)
  },
)

it('asks for no further refresh where the token has been renewed meanwhile', async () => {
  const { asked, sent } = await repeat(refusedWith(), 'tok_9')
  expect([asked[0]?.forceRefresh, sent.length]).toEqual([false, 1])
})

it.each(['Bearer error="insufficient_scope"', 'Bearer error="invalid_request"'])(
  'gives the app the answer after %s, which no token mends',
  async (challenge) => {
    const response = refusedWith(challenge)
    const { answer, asked, sent } = await repeat(response, 'tok_1')
    expect(answer).toBe(response)
    expect([asked, sent]).toEqual([[], []])
  },
)

it('gives the app the answer, unread, when there is no other token', async () => {
  const response = refusedWith()
  const { answer, asked, sent } = await repeat(response, null, () => Promise.reject(new Error('signed out')))
  expect(answer).toBe(response)
  expect(await answer.text()).toBe('no')
  expect([asked[0]?.forceRefresh, sent]).toEqual([true, []])
})
