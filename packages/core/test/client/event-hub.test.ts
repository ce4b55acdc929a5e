import { afterEach, expect, it, vi } from 'vitest'
import { createEventHub } from '../../src/client/event-hub.js'
import type { SpatioAuthEvent } from '../../src/events.js'

afterEach(() => void vi.unstubAllGlobals())

it('hands an event, frozen and with its time, to who listens to it or to all', () => {
  const hub = createEventHub(() => 7)
  const heard: [string, SpatioAuthEvent][] = []
  hub.on('warning', (event) => heard.push(['one', event]))
  hub.on('*', (event) => heard.push(['all', event]))
  hub.on('signed_in', (event) => heard.push(['other', event]))
  hub.emit('warning', { code: 'return_to_rejected' })
  const event = { type: 'warning', at: 7, code: 'return_to_rejected' }
  expect(heard).toEqual([
    ['one', event],
    ['all', event],
  ])
  expect(Object.isFrozen(heard[0]?.[1])).toBe(true)
})

it('counts each subscription of one listener, and ends one by its own unsubscribe', () => {
  const hub = createEventHub(() => 0)
  const listener = vi.fn()
  const [first] = [hub.on('*', listener), hub.on('*', listener)]
  first()
  first()
  hub.emit('user_changed', {})
  expect(listener).toHaveBeenCalledOnce()
})

it('goes on after a listener that throws, and reports what it threw where that can be done', () => {
  const problem = new Error('of the app')
  const report = vi.fn()
  for (const global of [{ reportError: report }, {}]) {
    vi.stubGlobal('reportError', undefined)
    Reflect.deleteProperty(globalThis, 'reportError')
    for (const [name, value] of Object.entries(global)) vi.stubGlobal(name, value)
    const hub = createEventHub(() => 0)
    const second = vi.fn()
    hub.on('*', () => {
      throw problem
    })
    hub.on('*', second)
    hub.emit('user_changed', {})
    expect(second).toHaveBeenCalledOnce()
  }
  expect(report.mock.calls).toEqual([[problem]])
})

it('tells who listened when it began, whoever leaves or comes meanwhile', () => {
  const hub = createEventHub(() => 0)
  const heard: string[] = []
  const leave = hub.on('*', () => {
    heard.push('first')
    leave()
    hub.on('*', () => heard.push('late'))
  })
  hub.on('*', () => heard.push('second'))
  hub.emit('user_changed', {})
  expect(heard).toEqual(['first', 'second'])
})
