import { expect, it } from 'vitest'
import { createWatch } from '../src/findings/watch.js'
import type { Exchange } from '../src/pipeline/exchange.js'
import { parseParameters } from '../src/protocol/request-parameters.js'

it('keeps what the headers of a request say, and not the headers, which on a port keep the connection', () => {
  const request = new Request('https://mock.example/oauth2/token', {
    headers: { authorization: 'Bearer of-somebody' },
  })
  const none = parseParameters('')
  const exchange = { request, endpoint: 'token', path: '/oauth2/token', query: none, form: none } as Exchange
  const { headers } = createWatch(() => {
    throw new Error('Nothing is looked at yet')
  }).note(exchange, 1)
  expect(headers).not.toBe(request.headers)
  expect([...headers]).toEqual([['authorization', 'Bearer of-somebody']])
})
