import { expect, it } from 'vitest'
import type { DiscoveryFaults } from '../src/faults/discovery-faults.js'
import type { FaultName } from '../src/index.js'
import { createMock, send } from './support/flow.js'
import { expectStruck, readDocument } from './support/fault-run.js'

const path = '/.well-known/openid-configuration'
const issuer = 'http://127.0.0.1:4400'
const stranger = 'https://someone-else.example'

type Answer = { response: Response; text: string }

/** Members that differ from the true document, or a check of an answer that is no document. */
const outcomes: Record<keyof DiscoveryFaults, object | ((answer: Answer) => unknown)> = {
  'disc.issuer.mismatch': { issuer: stranger },
  'disc.issuer.trailing-slash': { issuer: `${issuer}/` },
  'disc.404': ({ response }: Answer) => expect(response.status).toBe(404),
  'disc.500': ({ response }: Answer) => expect(response.status).toBe(500),
  'disc.html-200': ({ response, text }: Answer) =>
    expect([response.status, text.slice(0, 9)]).toEqual([200, '<!doctype']),
  'disc.truncated': ({ response, text }: Answer) => {
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
  },
  'disc.wrong-content-type': ({ response, text }: Answer) => {
    expect(response.headers.get('content-type')).toBe('text/plain')
    expect(JSON.parse(text)).toMatchObject({ issuer })
  },
  'disc.redirect': ({ response }: Answer) => expect(response.headers.get('location')).toContain(stranger),
  'disc.redirect-loop': ({ response }: Answer) =>
    expect(response.headers.get('location')).toBe(issuer + path),
  'disc.endpoint.missing': { token_endpoint: undefined },
  'disc.endpoint.http-downgrade': { token_endpoint: 'http://api.spatio.example/oauth2/token' },
  'disc.endpoint.foreign-origin': { token_endpoint: `${stranger}/oauth2/token` },
  'disc.pkce-unsupported': { code_challenge_methods_supported: ['plain'] },
  'disc.changed-mid-session': { token_endpoint: `${issuer}/oauth2/token-moved` },
  'disc.documents-differ': { userinfo_endpoint: `${issuer}/oauth2/userinfo-2` },
  'disc.slow': {},
  'disc.member.set': { issuer: undefined },
  'tolerate.disc.jwks-path-random': ({ text }: Answer) =>
    expect((JSON.parse(text) as { jwks_uri: string }).jwks_uri).toMatch(
      /\/\.well-known\/jwks-[\w-]{43}\.json$/,
    ),
  'tolerate.disc.unknown-members': { x_flags: [true, null], 'https://example.com/ext': { deep: {} } },
}

it.each(Object.entries(outcomes) as [FaultName, object | ((answer: Answer) => unknown)][])(
  '%s is what it says, once',
  async (name, outcome) => {
    const waits: number[] = []
    const mock = createMock({ wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)) })
    const truth = JSON.parse((await readDocument(mock, path)).text) as Record<string, unknown>
    mock.fault(name)
    const answer = await readDocument(mock, path)
    if (typeof outcome === 'function') outcome(answer)
    else expect(JSON.parse(answer.text)).toEqual(JSON.parse(JSON.stringify({ ...truth, ...outcome })))
    expect(waits).toEqual(name === 'disc.slow' ? [5_000] : [])
    expectStruck(mock, name)
    expect(JSON.parse((await readDocument(mock, path)).text)).toEqual(truth)
  },
)

it.each([
  ['tolerate.disc.jwks-path-random', 'jwks_uri', 'jwks'],
  ['disc.changed-mid-session', 'token_endpoint', 'token'],
] as const)('%s names a path that answers, and leaves the old one', async (name, member, endpoint) => {
  const mock = createMock()
  mock.fault(name)
  const document = JSON.parse((await readDocument(mock, path)).text) as Record<string, string>
  const moved = (document[member] ?? '').slice(mock.issuer.length)
  const method = endpoint === 'token' ? 'POST' : 'GET'
  expect((await send(mock, moved, { method })).status).toBe(endpoint === 'token' ? 400 : 200)
  expect(mock.requests({ endpoint }).map((request) => request.path)).toEqual([moved])
  expect((await send(mock, `${moved}x`, { method })).status).toBe(404)
})

it('disc.endpoint.missing and disc.member.set take a member of your choice', async () => {
  const mock = createMock()
  mock.fault('disc.endpoint.missing', { name: 'jwks_uri' })
  expect((await readDocument(mock, path)).text).not.toContain('jwks_uri')
  mock.fault('disc.member.set', { name: 'prompt_values_supported', value: 'none' })
  expect(JSON.parse((await readDocument(mock, path)).text)).toMatchObject({ prompt_values_supported: 'none' })
})
