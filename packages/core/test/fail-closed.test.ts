import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { storageKey } from '../src/storage-names.js'
import { CLIENT_ID, ISSUER, World } from './kit/world.js'

const KEY = storageKey({ issuer: ISSUER, clientId: CLIENT_ID })

/** What a record must not be, member by member. */
const BROKEN: Record<string, unknown> = {
  id: [7, '', null],
  accessToken: [null, '', {}],
  refreshToken: [7, {}],
  user: [null, 'x', {}, { sub: 7 }],
  issuedAt: [null, '7'],
  authTime: ['7'],
  scope: [null, []],
  revision: [null, '1', NaN],
  receivedAt: [null, 'now'],
  expiresIn: ['3600', {}],
  attemptedAt: ['x'],
  nonce: [null, ''],
  tokenEndpoint: [null, 'https://evil.test/token', 'javascript:alert(1)', '/oauth2/token'],
  revocationEndpoint: [7, 'https://evil.test/revoke'],
}

caseTest('ENV-04', 'takes nothing for a session that is not one in every member', async () => {
  const world = new World()
  const { tab } = await world.signIn()
  const record = JSON.parse(tab.sessionStorage.getItem(KEY) ?? '') as object
  for (const [member, values] of Object.entries(BROKEN)) {
    for (const value of values as unknown[]) {
      tab.sessionStorage.setItem(KEY, JSON.stringify({ ...record, [member]: value }))
      const { auth } = await world.reload(tab)
      expect(auth.getSnapshot(), `${member} ${String(value)}`).toMatchObject({ status: 'unauthenticated' })
      await expect(auth.getAccessToken()).rejects.toMatchObject({ code: 'not_authenticated' })
    }
  }
  tab.sessionStorage.setItem(KEY, JSON.stringify(record))
  expect((await world.reload(tab)).auth.getSnapshot().status).toBe('authenticated')
  return { kind: 'signout', reason: 'storage_corrupt' }
})

it('shows an error and no session when the environment itself fails', async () => {
  const world = new World()
  const { tab } = await world.signIn()
  tab.load('/')
  const page = world.page(tab)
  tab.historyState = null
  const { tabs } = world.browser
  expect(tabs.has(tab)).toBe(true)
  world.browser.locks.forTab = () => {
    throw new TypeError('no locks here')
  }
  const state = await page.auth.ready()
  expect(state.isAuthenticated).toBe(false)
  expect(state).toMatchObject({ status: 'error', user: null })
})
