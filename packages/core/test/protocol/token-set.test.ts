import { expect, it } from 'vitest'
import { toTokenSet } from '../../src/protocol/token-set.js'
import { METADATA } from '../kit/protocol-page.js'

it('keeps the tokens, when they came and where they go, and nothing else', () => {
  const tokens = {
    accessToken: 'a',
    refreshToken: 'r',
    idToken: 'i',
    scope: 'openid',
    expiresIn: 60,
    more: 1,
  }
  const claims = { user: { sub: 'usr_1' }, authTime: null, issuedAt: 5 }
  expect(toTokenSet(tokens, claims, 'nonce', METADATA, 7)).toStrictEqual({
    ...claims,
    accessToken: 'a',
    refreshToken: 'r',
    scope: 'openid',
    receivedAt: 7,
    expiresIn: 60,
    nonce: 'nonce',
    tokenEndpoint: METADATA.tokenEndpoint,
    revocationEndpoint: METADATA.revocationEndpoint,
  })
})
