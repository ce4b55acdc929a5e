import { expect, it } from 'vitest'
import { createMockClock } from '../src/mock-clock.js'
import { createIdSource } from '../src/ids.js'
import { secureRandom } from '../src/random-source.js'
import { createGrantStore } from '../src/stores/grant-store.js'

it('sweeps tokens and grants that are over, so that memory does not grow', () => {
  const clock = createMockClock(() => 0)
  const store = createGrantStore(clock, createIdSource(secureRandom), {
    accessToken: 10,
    refreshToken: 100,
    refreshTokenIdle: 50,
  })
  const grant = store.start({ clientId: 'app', sub: 'u', scope: 'openid', authTime: 0 })
  store.issueAccessToken(grant, 'openid')
  store.issueRefreshToken(grant)
  expect(store.size()).toBe(3)
  const sizes = ['10s', '40s', '50s'] as const
  const left = sizes.map((by) => {
    clock.advance(by)
    store.sweep(clock.now())
    return store.size()
  })
  expect(left).toEqual([2, 1, 0])
})

it('sweeps the tokens of a revoked grant at once', () => {
  const clock = createMockClock(() => 0)
  const store = createGrantStore(clock, createIdSource(secureRandom), {
    accessToken: 10,
    refreshToken: 100,
    refreshTokenIdle: 50,
  })
  const grant = store.start({ clientId: 'app', sub: 'u', scope: 'openid', authTime: 0 })
  store.issueAccessToken(grant, 'openid')
  store.revokeGrant(grant.id)
  store.sweep(clock.now())
  expect(store.size()).toBe(0)
})
