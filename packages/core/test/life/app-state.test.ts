import { expect, it } from 'vitest'
import { validateAppState } from '../../src/life/app-state.js'
import { refusal, refusalOf } from '../kit/refusal.js'

const circular: { self?: unknown } = {}
circular.self = circular
const refused = (detail: string) => refusal('authorization_request', 'config_invalid', { detail })

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['text', 'x'],
  ['data', { cart: [1, { id: 'a' }], isOpen: false }],
  ['as much as fits', 'x'.repeat(16_382)],
])('accepts %s', async (_name, appState) => {
  expect(await refusalOf(() => validateAppState(appState))).toBeNull()
})

it.each<[string, unknown]>([
  ['a circle', circular],
  ['a bigint', { big: 1n }],
  ['a function', () => undefined],
  ['a symbol', Symbol('x')],
  ['a function inside', { list: [{ run: () => undefined }] }],
  ['a symbol inside', { of: Symbol('x') }],
  ['what writes itself as nothing', { toJSON: () => undefined }],
])('refuses %s, which JSON would lose', async (_name, appState) => {
  expect(await refusalOf(() => validateAppState(appState))).toEqual(refused('appState is not JSON'))
})

it('refuses one character too many', async () => {
  expect(await refusalOf(() => validateAppState('x'.repeat(16_383)))).toEqual(
    refused('appState is longer than 16384 characters'),
  )
})
