import { expect, it } from 'vitest'
import type { SpatioAuthOptions } from '../../src/options.js'
import { createSessionStore } from '../../src/session/session-store.js'
import { CLIENT_ID, ISSUER } from '../kit/protocol-page.js'
import { SESSION } from '../kit/renewal-page.js'
import { openTabPage } from '../kit/tab-page.js'

const KEY = `spatio.auth:${ISSUER}:${CLIENT_ID}`
const NEWER = { ...SESSION, revision: 4, accessToken: 'tok_2' }
const OTHER = { ...SESSION, id: 'session-2', revision: 1 }
const QUOTA = new DOMException('full', 'QuotaExceededError')

function open(options: Partial<SpatioAuthOptions> = {}) {
  const page = openTabPage(options)
  const area = options.storage === 'local' ? page.tab.browser.localStorage : page.tab.sessionStorage
  return {
    ...page,
    store: createSessionStore(page.session),
    area,
    record: () => JSON.parse(area.getItem(KEY) ?? 'null') as unknown,
  }
}

it('goes on in memory, without the older record, when a revision cannot be stored', async () => {
  const page = open()
  await page.store.begin(SESSION)
  page.area.writeError = QUOTA
  expect(await page.store.save(NEWER)).toBe(true)
  expect([page.store.current(), page.record()]).toEqual([NEWER, null])
  expect(await page.store.readNewest(SESSION.id)).toEqual(NEWER)
  expect(page.events).toEqual([['storage_degraded', { code: 'storage_quota' }]])
  expect(await page.revisions.query(SESSION.id)).toMatchObject({ revision: 4 })
})

it('stores the next revision again when there is room for it', async () => {
  const page = open({ storage: 'local' })
  await page.store.begin(SESSION)
  page.area.writeError = QUOTA
  await page.store.save(NEWER)
  expect(page.session.storage.isShared).toBe(false)
  page.area.writeError = null
  await page.store.save({ ...NEWER, revision: 5 })
  expect([page.record(), page.session.storage.isShared]).toEqual([{ ...NEWER, revision: 5 }, true])
})

it('knows nothing of storage while its session is in memory', async () => {
  const page = open({ storage: 'local' })
  await page.store.begin(SESSION)
  page.area.writeError = QUOTA
  await page.store.save(NEWER)
  page.area.writeError = null
  page.area.setItem(KEY, JSON.stringify(OTHER))
  await page.store.sync()
  expect(await page.store.readNewest(SESSION.id)).toEqual(NEWER)
})
