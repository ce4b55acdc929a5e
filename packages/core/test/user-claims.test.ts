import { expect, it } from 'vitest'
import { toOwnClaims } from '../src/user-claims.js'

it('keeps the own claims of the user, frozen and in one order', () => {
  const user = toOwnClaims({ sub: 'usr_1', name: 'Žofie', iss: 'x', nonce: 'n', email: 'a@b.c' })
  expect(JSON.stringify(user)).toBe('{"email":"a@b.c","name":"Žofie","sub":"usr_1"}')
  expect(Object.isFrozen(user)).toBe(true)
})
