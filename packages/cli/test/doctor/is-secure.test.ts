import { createSpatioAuth, SpatioAuthError } from '@spatio-labs/auth'
import { expect, it } from 'vitest'
import { isSecure } from '../../src/doctor/is-secure.js'

/** What the client says of such an issuer. */
function isTakenByClient(issuer: string): boolean {
  try {
    createSpatioAuth({ clientId: 'demo-app', issuer })
    return true
  } catch (error) {
    expect(error).toHaveProperty('code', 'insecure_endpoint')
    expect(error).toBeInstanceOf(SpatioAuthError)
    return false
  }
}

it.each([
  ['https://api.spatio.app', true],
  ['http://localhost:4400', true],
  ['http://app.localhost', true],
  ['http://127.0.0.1', true],
  ['http://127.8.8.8:4400', true],
  ['http://[::1]:4400', true],
  ['http://api.spatio.app', false],
  ['http://192.168.1.20:4400', false],
  ['http://localhost.example', false],
  ['http://127.0.0.1.example', false],
  ['http://[::2]', false],
  ['ftp://localhost', false],
])('%s is secure: %s, for the doctor as for the client', (url, expected) => {
  expect(isSecure(new URL(url))).toBe(expected)
  expect(isTakenByClient(url)).toBe(expected)
})
