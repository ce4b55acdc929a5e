import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toFaultSegment } from '../src/faults/fault-path.js'
import { findParameterProblem } from '../src/faults/fault-parameters.js'
import { TransportError } from '../src/faults/transport-error.js'
import { faults, type FaultEntry, type MockServer } from '../src/index.js'
import { createMock, post, send } from './support/flow.js'

// Those that never answer, and those that take long to make.
const slow = /^(transport\.(hang|content-length-too-long)|.*\.huge.*|transport\.(slow-body|tls-expired))$/
const quick = faults.filter(({ name }) => !slow.test(name))
const path = '/.well-known/jwks.json'

const requests: readonly ((mock: Pick<MockServer, 'issuer' | 'fetch'>) => Promise<Response>)[] = [
  (mock) => send(mock, path),
  (mock) => send(mock, '/.well-known/openid-configuration'),
  (mock) => send(mock, '/oauth2/authorize?prompt=none&client_id=app'),
  (mock) => post(mock, '/oauth2/token', { grant_type: 'authorization_code', client_id: 'app', code: 'x' }),
  (mock) =>
    post(mock, '/oauth2/token', { grant_type: 'refresh_token', client_id: 'app', refresh_token: 'x' }),
  (mock) => post(mock, '/oauth2/introspect', { token: 'x' }),
  (mock) => post(mock, '/oauth2/revoke', { token: 'x' }),
  (mock) => send(mock, '/oauth2/userinfo'),
]

/** Answers, or ends the connection because a fault means to: the mock itself never fails. */
async function expectAnswers(mock: MockServer, issuer: string): Promise<void> {
  for (const request of requests) {
    try {
      await request({ issuer, fetch: mock.fetch })
    } catch (error) {
      expect(error).toBeInstanceOf(TransportError)
    }
  }
}

function createPatientMock(unexpected: unknown[]): MockServer {
  const wait = (): Promise<void> => Promise.resolve()
  return createMock({ wait, onUnexpectedError: (error) => unexpected.push(error) })
}

/** Parameters of the right kind, and those that are not: the path refuses them. */
const arbitraryFault = fc.constantFrom(...quick).chain((fault) =>
  fc.record({
    name: fc.constant(fault.name),
    match: fc.constant({}),
    parameters: fc.record(
      Object.fromEntries(Object.keys(fault.parameters).map((name) => [name, arbitraryValue(name)])),
      { requiredKeys: [] },
    ),
  }),
)

function arbitraryValue(name: string): fc.Arbitrary<unknown> {
  if (name === 'status') return fc.constantFrom(200, 204, 205, 304, 307, 400, 503, 599, 99)
  if (name === 'bytes') return fc.constantFrom(0, 1, 1e15, -1)
  return fc.oneof(
    fc.constantFrom('html', 'empty', '1d', 'Set-Cookie', '__proto__', 'a\r\nb', '日本', 0, 1e300, -1, null),
    fc.jsonValue({ maxDepth: 2 }),
  )
}

it('answers under any two faults, whatever they are told', async () => {
  const unexpected: unknown[] = []
  const arbitrary = fc.array(arbitraryFault, { minLength: 1, maxLength: 2 })
  await fc.assert(
    fc.asyncProperty(arbitrary, async (chosen) => {
      const mock = createPatientMock(unexpected)
      await expectAnswers(mock, `${mock.issuer}/f/${toFaultSegment(chosen)}`)
    }),
    { seed: 20_260_101, numRuns: 150 },
  )
  expect(unexpected).toEqual([])
})

it('answers without a body where a status has none, whatever a fault would put there', async () => {
  const mock = createMock()
  for (const status of [204, 205, 304]) {
    for (const body of ['json', 'html', 'empty'] as const) {
      mock.fault('http.status', { status, body })
      mock.fault('http.bom')
      const response = await send(mock, path)
      expect([response.status, await response.text()]).toEqual([status, ''])
    }
  }
  mock.verify()
})

it('refuses by name every number past all measure', () => {
  const numbers = (fault: FaultEntry): string[] =>
    Object.keys(fault.parameters).filter((name) => /^(ms|seconds|bytes|status|by)$/.test(name))
  for (const fault of faults)
    for (const name of numbers(fault))
      expect(findParameterProblem(fault.name, fault.parameters, { [name]: 1e300 })).toContain(`${name} of`)
})

it('tells by verify() of a failure of its own after the endpoint has answered', async () => {
  const mock = createMock()
  // No JSON can hold it.
  mock.fault('disc.member.set', { name: 'x', value: 1n })
  await expect(send(mock, '/.well-known/openid-configuration')).rejects.toThrow(TypeError)
  expect(() => mock.verify()).toThrow(expect.objectContaining({ code: 'unexpected_error' }) as Error)
})
