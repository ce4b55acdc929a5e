import { expect, it } from 'vitest'
import { createSubscribable } from '../../src/session/subscribable.js'

it('tells of another value, and not of the same one', () => {
  const subscribable = createSubscribable<unknown>(1)
  const heard: unknown[] = []
  subscribable.subscribe(() => heard.push(subscribable.get()))
  expect(subscribable.get()).toBe(1)
  for (const value of [1, 2, 2, 0]) subscribable.set(value)
  expect(heard).toEqual([2, 0])
})

it('takes one function subscribed twice for two subscriptions', () => {
  const subscribable = createSubscribable(0)
  let calls = 0
  const listener = () => void calls++
  const unsubscribe = subscribable.subscribe(listener)
  subscribable.subscribe(listener)
  subscribable.set(1)
  expect(calls).toBe(2)
  unsubscribe()
  unsubscribe()
  subscribable.set(2)
  expect(calls).toBe(3)
})

it('calls who subscribes while it tells from the next change on', () => {
  const subscribable = createSubscribable(0)
  const heard: string[] = []
  subscribable.subscribe(() => {
    heard.push('first')
    if (subscribable.get() === 1) subscribable.subscribe(() => heard.push('second'))
  })
  subscribable.set(1)
  expect(heard).toEqual(['first'])
  subscribable.set(2)
  expect(heard).toEqual(['first', 'first', 'second'])
})
