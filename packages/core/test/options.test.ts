import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { resolveOptions } from '../src/resolve-options.js'
import { observeRefusedOptions } from './kit/observe-refusal.js'

for (const [what, redirect, says] of [
  [
    'a redirect URI with a fragment',
    { redirectUri: 'https://app.test/cb#x' },
    /redirectUri is not .* without a fragment/,
  ],
  ['a redirect URI with an empty fragment', { redirectUri: 'https://app.test/cb#' }, /redirectUri is not/],
  ['a relative redirect URI', { redirectUri: 'cb' }, /redirectUri is not/],
  ['a redirect path with a fragment', { redirectPath: '/cb#x' }, /redirectPath is not .* without a fragment/],
  ['a redirect path that is relative', { redirectPath: 'cb' }, /redirectPath is not/],
] as const)
  caseTest('REQ-13', `refuses ${what}`, () => observeRefusedOptions({ clientId: 'app', ...redirect }, says))

it('takes a redirect URI and a redirect path that are whole', () => {
  for (const redirect of [{ redirectUri: 'https://app.test/cb?x=1' }, { redirectPath: '/cb' }])
    expect(resolveOptions({ clientId: 'app', ...redirect })).toMatchObject(redirect)
})

it.each([
  ['a missing clientId', { clientId: '' }],
  ['a scope without openid', { clientId: 'app', scope: 'email' }],
  ['an issuer with a query', { clientId: 'app', issuer: 'https://op.test/?a' }],
  ['a path that is another origin', { clientId: 'app', redirectPath: '//evil.test' }],
  ['a relayPath that is another origin', { clientId: 'app', relayPath: '//evil.test' }],
  ['a relayPath that is the redirect path', { clientId: 'app', relayPath: '/?relay' }],
  ['silentOnLoad in a frame without relayPath', { clientId: 'app', silentOnLoad: 'iframe' as const }],
  ['a silentOnLoad nobody knows', { clientId: 'app', silentOnLoad: 'popup' as never }],
  ['a negative duration', { clientId: 'app', readyTimeout: -1 }],
  ['an allowed origin that is none', { clientId: 'app', allowedOrigins: ['data:x'] }],
])('refuses %s as config_invalid', (_name, options) => {
  expect(observeRefusedOptions(options)).toEqual({ kind: 'reject', code: 'config_invalid' })
})

it('refuses an issuer that is plain http, and takes loopback', () => {
  expect(observeRefusedOptions({ clientId: 'app', issuer: 'http://op.test' })).toEqual({
    kind: 'reject',
    code: 'insecure_endpoint',
  })
  for (const issuer of ['http://127.0.0.1:4400', 'http://localhost:4400', 'https://op.test/a/b/']) {
    expect(resolveOptions({ clientId: 'app', issuer }).issuer).toBe(issuer)
  }
})
