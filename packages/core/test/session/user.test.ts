import { base64url } from 'jose'
import { expect, it } from 'vitest'
import { keepEqualUser, toUser } from '../../src/session/user.js'
import type { User } from '../../src/session/auth-state.js'

const token = (payload: unknown): string =>
  `h.${base64url.encode(typeof payload === 'string' ? payload : JSON.stringify(payload))}.s`

it('reads the own claims of the user, frozen and in one order, in any language', () => {
  const user = toUser(token({ sub: 'usr_1', name: 'Žofie ÿþ~?>', iss: 'x', nonce: 'n', email: 'a@b.c' }))
  expect(JSON.stringify(user)).toBe('{"email":"a@b.c","name":"Žofie ÿþ~?>","sub":"usr_1"}')
  expect(Object.isFrozen(user)).toBe(true)
})

it('reads a payload that holds both letters that base64 has not', () => {
  const claims = { sub: '>>>???~~~ÿÿÿ>?>?', name: 'ÿþýüûúùø?>~' }
  expect(token(claims)).toMatch(/-.*_|_.*-/)
  expect(token(claims).match(/[-_]/g)?.length).toBeGreaterThan(3)
  expect(toUser(token(claims))).toEqual(claims)
})

it.each<[string, string]>([
  ['nothing', ''],
  ['one part', 'x'],
  ['no base64url', 'h.*.s'],
  ['no JSON', token('{')],
  ['null', token('null')],
  ['no sub', token({ name: 'Ada' })],
  ['a sub that is a number', token({ sub: 7 })],
  ['text that is no UTF-8', `h.${base64url.encode(new Uint8Array([0x22, 0xff, 0x22]))}.s`],
])('finds nobody in %s', (_name, idToken) => {
  expect(toUser(idToken)).toBeNull()
})

it('keeps the earlier object while the claims are equal', () => {
  const [earlier, equal, other] = ['usr_1', 'usr_1', 'usr_2'].map((sub) => ({ sub }) as User)
  if (earlier === undefined || equal === undefined || other === undefined) throw new Error('three users')
  expect(keepEqualUser(earlier, equal)).toBe(earlier)
  expect(keepEqualUser(earlier, other)).toBe(other)
  expect(keepEqualUser(null, equal)).toBe(equal)
})
