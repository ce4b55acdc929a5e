import { expect, it } from 'vitest'
import { parseSession, type Session } from '../../src/session/session.js'
import { offline, openProtocolPage } from '../kit/protocol-page.js'
import { SESSION } from '../kit/renewal-page.js'

const { options } = openProtocolPage(offline).context
const parse = (change: object) => parseSession(JSON.stringify({ ...SESSION, ...change }), options)

it('reads what was stored', () => {
  expect(parse({})).toEqual(SESSION)
  expect(Object.isFrozen((parse({}) as Session).user)).toBe(true)
  const sparse = { refreshToken: null, expiresIn: null, revocationEndpoint: null, scope: '', attemptedAt: 7 }
  expect(parse(sparse)).toEqual({ ...SESSION, ...sparse })
})

it.each<[string, string | null]>([
  ['nothing', null],
  ['a record of an earlier version', JSON.stringify({ ...SESSION, version: 1 })],
  ['a record of a later version', JSON.stringify({ ...SESSION, version: 3 })],
  ['a record of another issuer', JSON.stringify({ ...SESSION, issuer: 'https://other.test' })],
  ['a record of another client', JSON.stringify({ ...SESSION, clientId: 'other' })],
])('leaves %s alone', (_name, text) => {
  expect(parseSession(text, options)).toBeNull()
})

it.each(['', '{', 'null', '7', '"text"', '[]', '{}', '{"version":null'])('takes %j for corrupt', (text) => {
  expect(parseSession(text, options)).toBe('corrupt')
})

it.each(['id', 'accessToken', 'nonce'])('wants a text for %s', (name) => {
  for (const value of [undefined, null, 7, '']) expect(parse({ [name]: value })).toBe('corrupt')
})

it.each(['revision', 'receivedAt', 'issuedAt'])('wants a number for %s', (name) => {
  for (const value of [undefined, null, '7', 'x']) expect(parse({ [name]: value })).toBe('corrupt')
})

it.each(['expiresIn', 'attemptedAt', 'authTime'])('wants a number or null for %s', (name) => {
  for (const value of [undefined, '7', {}]) expect(parse({ [name]: value })).toBe('corrupt')
})

it.each<[string, unknown]>([
  ['scope', undefined],
  ['scope', ['openid']],
  ['refreshToken', undefined],
  ['refreshToken', 7],
  ['user', undefined],
  ['user', null],
  ['user', 'Ada'],
  ['user', { name: 'Ada' }],
  ['user', { sub: 7 }],
  ['tokenEndpoint', undefined],
  ['tokenEndpoint', 7],
  ['tokenEndpoint', '/token'],
  ['tokenEndpoint', 'https://evil.test/token'],
  ['revocationEndpoint', undefined],
  ['revocationEndpoint', 'https://evil.test/revoke'],
])('takes a record for corrupt whose %s is %j', (name, value) => {
  expect(parse({ [name]: value })).toBe('corrupt')
})

it('sees the own members of a record only', () => {
  const { nonce, ...rest } = SESSION
  for (const [name, value] of Object.entries({ nonce, sub: 'usr_1' }))
    Object.defineProperty(Object.prototype, name, { value, configurable: true })
  try {
    expect(parseSession(JSON.stringify(rest), options)).toBe('corrupt')
    expect(parse({ user: {} })).toBe('corrupt')
  } finally {
    Reflect.deleteProperty(Object.prototype, 'nonce')
    Reflect.deleteProperty(Object.prototype, 'sub')
  }
})
