import { createTestAuth } from '@spatio-labs/auth/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { openEventLog } from '../src/event-log.js'

const types = (log: ReturnType<typeof openEventLog>): string[] =>
  log.getEntries().map(({ event }) => event.type)

beforeEach(() => sessionStorage.clear())

describe('the event log', () => {
  it.each(['no JSON', '{}', '[1, null, {"id": "1"}, {"id": 1, "event": {"type": "refreshed"}}]'])(
    'starts anew where %s is stored',
    (stored) => {
      sessionStorage.setItem('spatio-auth-devtools.events', stored)
      expect(openEventLog(createTestAuth(), sessionStorage).getEntries()).toEqual([])
    },
  )

  it('works without a storage, and with one that is full', () => {
    const full = { getItem: () => null, setItem: () => raise() } as unknown as Storage
    for (const storage of [null, full]) {
      const auth = createTestAuth({ user: {} })
      const log = openEventLog(auth, storage)
      auth.signOutAs()
      expect(types(log)).toContain('signed_out')
    }
  })

  it('goes on, newest first, where the page before this one stopped', () => {
    const before = createTestAuth({ user: {} })
    openEventLog(before, sessionStorage)
    before.signOutAs()
    const auth = createTestAuth({ status: 'unauthenticated' })
    const log = openEventLog(auth, sessionStorage)
    const earlier = log.getEntries().length
    auth.signInAs({})
    expect(earlier).toBeGreaterThan(0)
    expect(types(log).indexOf('signed_in')).toBeLessThan(types(log).indexOf('signed_out'))
    expect(new Set(log.getEntries().map(({ id }) => id)).size).toBe(log.getEntries().length)
  })

  it('keeps the same array until an event arrives, tells of each, and of none once it is closed', () => {
    const auth = createTestAuth({ user: {} })
    const log = openEventLog(auth, sessionStorage)
    let told = 0
    log.subscribe(() => (told += 1))
    const entries = log.getEntries()
    expect(log.getEntries()).toBe(entries)
    auth.rotate()
    expect(log.getEntries()).not.toBe(entries)
    expect(told).toBe(log.getEntries().length)
    log.close()
    auth.signOutAs()
    expect(types(log)).not.toContain('signed_out')
  })

  it('forgets the oldest past 200, and all when it is cleared', () => {
    const auth = createTestAuth({ user: {} })
    const log = openEventLog(auth, sessionStorage)
    for (let count = 0; count < 150; count += 1) auth.rotate()
    expect(log.getEntries()).toHaveLength(200)
    log.clear()
    expect(openEventLog(auth, sessionStorage).getEntries()).toEqual([])
  })
})

function raise(): never {
  throw new Error('full')
}
