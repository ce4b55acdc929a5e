import { expect, it } from 'vitest'
import { withRefreshLock } from '../../src/renewal/refresh-lock.js'
import { flush } from '../kit/flush.js'
import { CLIENT_ID, ISSUER, offline, openProtocolPage } from '../kit/protocol-page.js'

const NAME = `spatio.auth:${ISSUER}:${CLIENT_ID}#session-1#refresh`

function open() {
  const page = openProtocolPage(offline, { lockTimeout: 5 })
  const run = <Result>(task: () => Promise<Result>) =>
    withRefreshLock(page.context.options, page.tab.environment(), 'session-1', task)
  const held = async () => (await page.tab.browser.locks.forTab({}).query()).held?.map(({ name }) => name)
  return { ...page, run, held }
}

it('holds the lock of the session while the task runs, and no longer', async () => {
  const { run, held, clock } = open()
  expect(await run(async () => held())).toEqual([NAME])
  expect(await held()).toEqual([])
  expect(clock.pendingTimers).toBe(0)
})

it('lets the task take as long as it takes once it has the lock', async () => {
  const { run, clock } = open()
  let finish: (text: string) => void = () => undefined
  const running = run(() => new Promise<string>((resolve) => (finish = resolve)))
  await flush()
  expect(clock.pendingTimers).toBe(0)
  await clock.advance(60_000)
  finish('done')
  expect(await running).toBe('done')
})

it('gives up when the lock is not free in time, and runs nothing', async () => {
  const { run, clock, tab } = open()
  const other = tab.browser.locks.forTab({})
  void other.request(NAME, () => new Promise(() => undefined))
  const outcomes: unknown[] = []
  void run(() => expect.unreachable()).then((outcome) => outcomes.push(outcome))
  await clock.advance(4999)
  expect(outcomes).toEqual([])
  await clock.advance(1)
  expect(outcomes).toEqual([null])
})

it.each<[string, (page: ReturnType<typeof open>) => void]>([
  ['there are no locks', ({ tab }) => (tab.hasLocks = false)],
  ['a sandboxed frame refuses them', ({ tab }) => (tab.areLocksRefused = true)],
])('just runs where %s', async (_name, prepare) => {
  const page = open()
  prepare(page)
  expect(await page.run(async () => 'done')).toBe('done')
  expect(page.clock.pendingTimers).toBe(0)
})

it('passes on what the task throws, once', async () => {
  const { run, held } = open()
  let times = 0
  const broken = new Error('broken')
  const running = run(async () => {
    times++
    throw broken
  })
  await expect(running).rejects.toBe(broken)
  expect(times).toBe(1)
  expect(await held()).toEqual([])
})
