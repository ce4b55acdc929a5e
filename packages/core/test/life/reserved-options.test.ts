import { expect, it } from 'vitest'
import { refuseReservedOptions } from '../../src/life/reserved-options.js'
import { refusal, refusalOf } from '../kit/refusal.js'

it.each([
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
])('refuses %s as an option, and names it', async (name) => {
  expect(await refusalOf(() => refuseReservedOptions(['scope', name]))).toEqual(
    refusal('authorization_request', 'config_invalid', { detail: `${name} is not an option of signIn` }),
  )
})

it('leaves alone what is an option, or nothing', async () => {
  expect(await refusalOf(() => refuseReservedOptions([]))).toBeNull()
  expect(await refusalOf(() => refuseReservedOptions(['scope', 'returnTo', 'states']))).toBeNull()
})
