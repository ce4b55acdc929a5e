import { expect, it } from 'vitest'
import { createIdleWatch } from '../../src/life/idle-watch.js'
import type { FakeTab } from '../kit/fake-browser.js'
import { CLIENT_ID, ISSUER, offline, openProtocolPage } from '../kit/protocol-page.js'

const KEY = `spatio.auth:${ISSUER}:${CLIENT_ID}#last-input`
const MINUTE = 60_000

/** A page that counts idle time; `ended` is how often it told that it is over. */
function open(prepare: (tab: FakeTab) => void = () => undefined, idleTimeout: number | null = 600) {
  const page = openProtocolPage(offline, idleTimeout === null ? {} : { idleTimeout })
  prepare(page.tab)
  const ends: number[] = []
  const { options } = page.context
  const watchIn = (tab: FakeTab) =>
    createIdleWatch(options, tab.environment(), () => void ends.push(page.clock.now()))
  const watch = watchIn(page.tab)
  const told = () => Number(page.tab.browser.localStorage.getItem(KEY))
  return { ...page, ends, watch, watchIn, told }
}
const store = (tab: FakeTab, text: string) => tab.browser.localStorage.setItem(KEY, text)

it('counts nothing without idleTimeout', () => {
  const { watch, tab } = open(undefined, null)
  tab.dispatch('keydown')
  expect([watch, tab.browser.localStorage.length]).toEqual([null, 0])
})

it('counts from the first look where nobody has told of input, and tells of that', async () => {
  for (const text of [null, 'nonsense']) {
    const { clock, ends, watch, told } = open((tab) => text !== null && store(tab, text))
    expect(told()).toBe(clock.now())
    watch?.look()
    await clock.advance(10 * MINUTE - 1)
    expect([ends.length, watch?.isOver()]).toEqual([0, false])
    await clock.advance(1)
    expect([ends.length, watch?.isOver()]).toEqual([1, true])
  }
})

it('goes on from what another page has told', async () => {
  const { clock, ends, watch } = open((tab) => store(tab, String(tab.browser.clock.now() - 9 * MINUTE)))
  watch?.look()
  await clock.advance(MINUTE)
  expect(ends).toHaveLength(1)
})

it.each(['pointerdown', 'pointermove', 'keydown', 'wheel'] as const)('takes %s for input', async (type) => {
  const { clock, tab, told } = open()
  await clock.advance(MINUTE)
  tab.dispatch(type)
  expect(told()).toBe(clock.now())
})

it('tells of input every five seconds at most, or ten times within the limit', async () => {
  for (const [idleTimeout, pause] of [
    [600, 5000],
    [20, 2000],
  ] as const) {
    const { clock, tab, told } = open(undefined, idleTimeout)
    const before = told()
    await clock.advance(pause - 1)
    tab.dispatch('keydown')
    expect(told()).toBe(before)
    await clock.advance(1)
    tab.dispatch('keydown')
    expect(told()).toBe(clock.now())
  }
})

it('is not undone by input after the end, which is told at once', () => {
  const { clock, tab, ends, told } = open()
  const before = told()
  clock.jump(11 * MINUTE)
  tab.dispatch('keydown')
  expect([ends.length, told()]).toEqual([1, before])
})

it.each(['visibilitychange', 'pageshow', 'focus'] as const)('looks at the clocks on %s', (type) => {
  const { clock, tab, ends } = open()
  tab.dispatch(type)
  expect(ends).toEqual([])
  clock.jump(10 * MINUTE)
  tab.dispatch(type)
  expect(ends).toHaveLength(1)
})

it('looks once more after what other tabs told meanwhile', async () => {
  const { clock, tab, ends, watch } = open()
  watch?.look()
  await clock.advance(9 * MINUTE)
  store(tab, String(clock.now()))
  await clock.advance(9 * MINUTE)
  expect(ends).toEqual([])
  await clock.advance(MINUTE)
  expect(ends).toHaveLength(1)
})

it('takes what is told, by whoever, for the time when it was, and nothing that is older than what it knows', async () => {
  const { clock, watch, told } = open()
  await clock.advance(5 * MINUTE)
  watch?.tell(clock.now() - 6 * MINUTE)
  expect(told()).toBe(clock.now() - 5 * MINUTE)
  watch?.tell(clock.now() - 2 * MINUTE)
  expect(told()).toBe(clock.now() - 2 * MINUTE)
  clock.jump(8 * MINUTE)
  expect(watch?.isOver()).toBe(true)
})

it('is over by the monotonic clock where the wall clock was set back, from when it heard of the input', async () => {
  const { clock, tab, watch } = open()
  await clock.advance(MINUTE)
  const other = tab.browser.open()
  other.environment().openStorage('local').setItem(KEY, String(clock.now()))
  await clock.advance(0)
  clock.jump(-60 * MINUTE)
  await clock.advance(10 * MINUTE - 1)
  expect(watch?.isOver()).toBe(false)
  await clock.advance(1)
  expect(watch?.isOver()).toBe(true)
})

it('counts for itself where storage is blocked', async () => {
  const { clock, tab, watch } = open((tab) => (tab.storageError = new DOMException('no', 'SecurityError')))
  await clock.advance(9 * MINUTE)
  tab.dispatch('keydown')
  await clock.advance(9 * MINUTE)
  expect(watch?.isOver()).toBe(false)
  await clock.advance(MINUTE)
  expect(watch?.isOver()).toBe(true)
})

it('leaves no timer and no listener behind', async () => {
  const { clock, tab, ends, watch, told } = open()
  watch?.look()
  watch?.look()
  expect(clock.pendingTimers).toBe(1)
  const before = told()
  watch?.close()
  await clock.advance(11 * MINUTE)
  for (const type of ['keydown', 'focus', 'pageshow'] as const) tab.dispatch(type)
  expect([clock.pendingTimers, ends, told()]).toEqual([0, [], before])
})
