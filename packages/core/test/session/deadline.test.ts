import { expect, it } from 'vitest'
import { withDeadline } from '../../src/session/deadline.js'
import { offline, openProtocolPage } from '../kit/protocol-page.js'

function open() {
  const { clock, tab } = openProtocolPage(offline)
  const environment = tab.environment()
  return {
    clock,
    within: <Result>(work: Promise<Result>, late: () => Result) => withDeadline(environment, 2, work, late),
  }
}
const never = () => new Promise<string>(() => undefined)

it('is what the work comes to in time, and then leaves no timer', async () => {
  const { clock, within } = open()
  await expect(within(Promise.resolve('done'), () => 'late')).resolves.toBe('done')
  await expect(within(Promise.reject(new Error('own')), () => 'late')).rejects.toThrow('own')
  expect(clock.pendingTimers).toBe(0)
})

it('is what is said of lateness when the time is over, and not before', async () => {
  const { clock, within } = open()
  let result: string | null = null
  void within(never(), () => 'late').then((found) => (result = found))
  await clock.advance(1999)
  expect(result).toBeNull()
  await clock.advance(1)
  expect(result).toBe('late')
})

it('rejects when lateness is refused, and hears no failure that comes after', async () => {
  const { clock, within } = open()
  let fail: (error: Error) => void = () => undefined
  const work = new Promise<string>((_, reject) => (fail = reject))
  const refused = within(work, () => {
    throw new Error('refused')
  }).catch((error: Error) => error.message)
  await clock.advance(2000)
  expect(await refused).toBe('refused')
  fail(new Error('too late'))
  await clock.advance(0)
})
