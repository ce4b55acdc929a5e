import { beforeEach, expect, it, vi } from 'vitest'
import { listStoredItems } from '../src/panel/stored-items.js'

const CLIENT = 'https://api.spatio.app:app_123'

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
})

it('says what is stored of issuer and client, the session first, and nothing of another library', () => {
  sessionStorage.setItem('spatio-auth-devtools.view', '{}')
  sessionStorage.setItem(`spatio.auth:${CLIENT}#transaction:sp1.secret`, '{"code_verifier":"secret"}')
  sessionStorage.setItem(`spatio.auth:${CLIENT}#navigations`, '1')
  sessionStorage.setItem(`spatio.auth:${CLIENT}`, '{"accessToken":"secret","idToken":"secret"}')
  sessionStorage.setItem('oidc.user', '{}')
  const items = listStoredItems('sessionStorage')
  expect(items.map(({ kind }) => kind)).toEqual([
    'The session',
    'Times of this tab’s sign-ins',
    'A sign-in under way',
    'These devtools',
  ])
  expect(items.find(({ kind }) => kind === 'The session')).toMatchObject({
    owner: 'app_123 at https://api.spatio.app',
    members: ['accessToken', 'idToken'],
    size: 43,
  })
})

it('shows no value, and of a sign-in under way no state', () => {
  localStorage.setItem(`spatio.auth:${CLIENT}#transaction:sp1.secret`, '{"code_verifier":"secret"}')
  localStorage.setItem(`spatio.auth:${CLIENT}#signed-out`, 'secret')
  const items = listStoredItems('localStorage')
  expect(items).toHaveLength(2)
  expect(JSON.stringify(items)).not.toContain('secret')
})

it('finds nothing where the browser gives no storage', () => {
  const denied = vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new Error('denied')
  })
  expect(listStoredItems('localStorage')).toEqual([])
  denied.mockRestore()
})
