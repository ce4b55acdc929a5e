import { expect, it } from 'vitest'
import { withSignal } from '../../src/life/with-signal.js'

it('is the work itself without a signal', () => {
  const work = Promise.resolve(1)
  expect(withSignal(work, undefined, 'fetch')).toBe(work)
})

it('ends as the work does, and lets go of the signal', async () => {
  const { signal } = new AbortController()
  const listened = { added: 0, removed: 0 }
  const spy = Object.assign(Object.create(signal) as AbortSignal, {
    addEventListener: () => listened.added++,
    removeEventListener: () => listened.removed++,
  })
  Object.defineProperty(spy, 'aborted', { value: false })
  await expect(withSignal(Promise.resolve(1), spy, 'fetch')).resolves.toBe(1)
  await expect(withSignal(Promise.reject(new Error('own')), spy, 'fetch')).rejects.toThrow('own')
  expect(listened).toEqual({ added: 2, removed: 2 })
})

it('ends with the signal, before and while it works; what comes later is nobody’s', async () => {
  const controller = new AbortController()
  let fail: (error: Error) => void = () => undefined
  const work = new Promise<never>((_, reject) => (fail = reject))
  const waiting = withSignal(work, controller.signal, 'fetch')
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
  await expect(withSignal(new Promise(() => undefined), controller.signal, 'fetch')).rejects.toMatchObject({
    code: 'aborted',
  })
  fail(new Error('late'))
  await expect(work).rejects.toThrow('late')
})
