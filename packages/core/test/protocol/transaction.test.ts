import { SigninState } from 'oidc-client-ts'
import { expect, it } from 'vitest'
import type { SpatioAuthOptions } from '../../src/options.js'
import type { ProtocolContext } from '../../src/protocol/protocol-context.js'
import { claimTransaction, removeTransaction, storeTransaction } from '../../src/protocol/transaction.js'
import { CLIENT_ID, ISSUER, NOW, offline, openProtocolPage, type ProtocolPage } from '../kit/protocol-page.js'
import { refusal, refusalOf, type Refusal } from '../kit/refusal.js'

const STATE = 'sp1.a'
const PENDING = `spatio.auth:${ISSUER}:${CLIENT_ID}#transaction:`
const USED = `spatio.auth:${ISSUER}:${CLIENT_ID}#used:`
const RECORD = {
  id: STATE,
  data: {
    returnTo: '/here',
    maxAge: 60,
    appState: { a: 1 },
    isSilent: true,
    tokenEndpoint: `${ISSUER}/token`,
  },
  created: NOW,
  code_verifier: 'verifier',
  authority: ISSUER,
  client_id: CLIENT_ID,
  redirect_uri: 'https://app.test/cb',
  scope: 'openid',
  nonce: 'nonce',
}

const open = (options: Partial<SpatioAuthOptions> = {}) => openProtocolPage(offline, options)
const toState = (id: string, created = NOW) => SigninState.create({ ...RECORD, id, created })
const put = ({ tab }: ProtocolPage, record: unknown, state = STATE) =>
  tab.sessionStorage.setItem(PENDING + state, typeof record === 'string' ? record : JSON.stringify(record))
const keysOf = ({ tab }: ProtocolPage) => tab.sessionStorage.entries().map(([key]) => key)
const refused = (code: Refusal['code']): Refusal => refusal('callback', code)
const claim = ({ context }: ProtocolPage, state = STATE) => refusalOf(() => claimTransaction(context, state))

it('keeps a record under its state, apart for each issuer and client', async () => {
  const page = open()
  await storeTransaction(page.context, await toState(STATE))
  expect(page.tab.sessionStorage.entries()).toEqual([[PENDING + STATE, expect.any(String)]])
  expect(JSON.parse(page.tab.sessionStorage.getItem(PENDING + STATE) ?? '')).toEqual(RECORD)
})

it('gives a record back once, and remembers that its state was used', async () => {
  const page = open()
  put(page, RECORD)
  page.clock.jump(1500)
  expect(await claimTransaction(page.context, STATE)).toStrictEqual({
    isExpired: false,
    redirectUri: 'https://app.test/cb',
    tokenEndpoint: `${ISSUER}/token`,
    codeVerifier: 'verifier',
    nonce: 'nonce',
    scope: 'openid',
    returnTo: '/here',
    appState: { a: 1 },
    isSilent: true,
    maxAge: 60,
  })
  expect(page.tab.sessionStorage.entries()).toEqual([[USED + STATE, `{"created":${NOW + 1.5}}`]])
  expect(await claim(page)).toEqual(refused('state_replayed'))
})

it('knows a used state after a reload, and a state that it never made', async () => {
  const page = open()
  put(page, RECORD)
  await claimTransaction(page.context, STATE)
  page.tab.load('/')
  expect(await claim(page)).toEqual(refused('state_replayed'))
  expect(await claim(page, 'sp1.b')).toEqual(refused('state_mismatch'))
})

it('lets one page of several claim, though a copied tab has the record too', async () => {
  const page = open()
  put(page, RECORD)
  const copy = page.tab.browser.open('/', page.tab)
  const claims = [page.tab, copy].map((tab) => {
    const context: ProtocolContext = { ...page.context, environment: tab.environment() }
    return refusalOf(() => claimTransaction(context, STATE))
  })
  expect(await Promise.all(claims)).toEqual([null, refused('state_replayed')])
  expect(copy.sessionStorage.getItem(PENDING + STATE)).not.toBeNull()
})

it('claims by a lock of its own for each state', async () => {
  const page = open()
  put(page, RECORD)
  put(page, RECORD, 'sp1.b')
  await claimTransaction(page.context, STATE)
  expect(await claim(page, 'sp1.b')).toBeNull()
  const { held = [] } = await page.tab.browser.locks.forTab({}).query()
  expect(held.map(({ name }) => name)).toEqual([PENDING + STATE, `${PENDING}sp1.b`])
})

it.each<[string, (page: ProtocolPage) => void]>([
  ['there are no locks', ({ tab }) => (tab.hasLocks = false)],
  ['every lock is refused', ({ tab }) => (tab.areLocksRefused = true)],
])('lets the removal of the record decide where %s', async (_name, prepare) => {
  const page = open()
  prepare(page)
  put(page, RECORD)
  const context = { ...page.context, environment: page.tab.environment() }
  expect(await refusalOf(() => claimTransaction(context, STATE))).toBeNull()
  expect(await refusalOf(() => claimTransaction(context, STATE))).toEqual(refused('state_replayed'))
})

it('goes on when it cannot remember the used state', async () => {
  const page = open()
  put(page, RECORD)
  page.tab.sessionStorage.writeError = new DOMException('full', 'QuotaExceededError')
  expect(await claim(page)).toBeNull()
})

const withData = (change: object) => ({ ...RECORD, data: { ...RECORD.data, ...change } })

it('reads null for what the app and the request did not say', async () => {
  const page = open()
  put(page, { ...RECORD, data: { returnTo: '/', tokenEndpoint: `${ISSUER}/token` } })
  const plain = { appState: null, isSilent: false, maxAge: null }
  expect(await claimTransaction(page.context, STATE)).toMatchObject(plain)
  put(page, withData({ isSilent: 'true', maxAge: null }), 'sp1.b')
  expect(await claimTransaction(page.context, 'sp1.b')).toMatchObject({ isSilent: false, maxAge: null })
})

it.each<[string, unknown, Refusal | null]>([
  ['is no JSON', '{', refused('storage_corrupt')],
  ['is a list', [], refused('storage_corrupt')],
  ['holds no data', { ...RECORD, data: undefined }, refused('storage_corrupt')],
  ['holds data that are null', { ...RECORD, data: null }, refused('storage_corrupt')],
  ['holds data that are text', { ...RECORD, data: '/here' }, refused('storage_corrupt')],
  ['is of another authority', { ...RECORD, authority: 'https://evil.test' }, refused('state_mismatch')],
  ['is of another client', { ...RECORD, client_id: 'other' }, refused('state_mismatch')],
  ['has no redirect URI', { ...RECORD, redirect_uri: undefined }, refused('storage_corrupt')],
  ['has no verifier', { ...RECORD, code_verifier: '' }, refused('storage_corrupt')],
  ['has a nonce that is a number', { ...RECORD, nonce: 7 }, refused('storage_corrupt')],
  ['has no scope', { ...RECORD, scope: undefined }, refused('storage_corrupt')],
  ['has nowhere to return to', withData({ returnTo: undefined }), refused('storage_corrupt')],
  ['names no token endpoint', withData({ tokenEndpoint: undefined }), refused('storage_corrupt')],
  [
    'names a token endpoint that is no URL',
    withData({ tokenEndpoint: '/token' }),
    refused('storage_corrupt'),
  ],
  [
    'names a token endpoint of somebody else',
    withData({ tokenEndpoint: `${ISSUER}.evil.test/token` }),
    refused('storage_corrupt'),
  ],
  ['has a max_age that is text', withData({ maxAge: '60' }), refused('storage_corrupt')],
  ['was created at no time', { ...RECORD, created: String(NOW) }, refused('storage_corrupt')],
  ['is as old as it may be', { ...RECORD, created: NOW - 600 }, null],
])('judges a record that %s, and takes it out', async (_name, record, expected) => {
  const page = open()
  put(page, record)
  expect(await claim(page)).toEqual(expected)
  expect(keysOf(page)).toEqual([USED + STATE])
})

it('says whether a record is older than it may be', async () => {
  const page = open()
  put(page, { ...RECORD, created: NOW - 600 })
  expect(await claimTransaction(page.context, STATE)).toMatchObject({ isExpired: false })
  put(page, { ...RECORD, created: NOW - 601 }, 'sp1.old')
  expect(await claimTransaction(page.context, 'sp1.old')).toMatchObject({ isExpired: true })
})

it('forgets what was abandoned by age, used marks too, and leaves other keys alone', async () => {
  const page = open({ transactionLifetime: 100 })
  put(page, { created: NOW - 100 }, 'sp1.young')
  put(page, { created: NOW - 101 }, 'sp1.old')
  put(page, '{', 'sp1.broken')
  put(page, { created: String(NOW) }, 'sp1.text')
  page.tab.sessionStorage.setItem(`${USED}sp1.used`, JSON.stringify({ created: NOW - 1 }))
  page.tab.sessionStorage.setItem(`${USED}sp1.past`, JSON.stringify({ created: NOW - 101 }))
  page.tab.sessionStorage.setItem('app', 'its own')
  await storeTransaction(page.context, await toState(STATE))
  expect(keysOf(page).sort()).toEqual(
    ['app', `${PENDING}sp1.young`, PENDING + STATE, `${USED}sp1.used`].sort(),
  )
})

it('keeps the twenty youngest, whatever their order', async () => {
  const page = open()
  const ages = Array.from({ length: 22 }, (_, index) => (index * 7) % 22)
  for (const age of ages) put(page, { created: NOW - age - 1 }, `sp1.${age}`)
  await storeTransaction(page.context, await toState(STATE))
  const kept = [STATE, ...Array.from({ length: 19 }, (_, age) => `sp1.${age}`)]
  expect(keysOf(page).sort()).toEqual(kept.map((state) => PENDING + state).sort())
})

it.each<[string, (page: ProtocolPage) => void, Refusal['code']]>([
  [
    'the storage is full',
    ({ tab }) => (tab.sessionStorage.writeError = new DOMException('full', 'QuotaExceededError')),
    'storage_quota',
  ],
  [
    'a write fails otherwise',
    ({ tab }) => (tab.sessionStorage.writeError = new DOMException('no', 'InvalidStateError')),
    'storage_unavailable',
  ],
  [
    'a write fails by something that only has the name',
    ({ tab }) => (tab.sessionStorage.writeError = Object.assign(new Error(), { name: 'QuotaExceededError' })),
    'storage_unavailable',
  ],
  [
    'the browser blocks storage',
    ({ tab }) => (tab.storageError = new DOMException('no', 'SecurityError')),
    'storage_unavailable',
  ],
])('refuses to begin when %s', async (_name, prepare, code) => {
  const page = open()
  const state = await toState(STATE)
  prepare(page)
  expect(await refusalOf(() => storeTransaction(page.context, state))).toEqual(
    refusal('authorization_request', code),
  )
})

it('removes the record that nobody waits for, and only that', async () => {
  const page = open()
  put(page, RECORD)
  put(page, RECORD, 'sp1.b')
  await removeTransaction(page.context, STATE)
  expect(keysOf(page)).toEqual([`${PENDING}sp1.b`])
  page.tab.storageError = new DOMException('no', 'SecurityError')
  await expect(removeTransaction(page.context, 'sp1.b')).resolves.toBeUndefined()
})
