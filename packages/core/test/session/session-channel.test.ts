import { expect, it } from 'vitest'
import { openSessionChannel, type TabMessage } from '../../src/session/session-channel.js'
import { flush } from '../kit/flush.js'
import { offline, openProtocolPage } from '../kit/protocol-page.js'

const NAME = 'spatio.auth:tabs'
const iv = new Uint8Array(12).fill(7)
const sealed = new ArrayBuffer(16)

/** A tab that listens, and another that says anything. */
function open() {
  const { tab } = openProtocolPage(offline)
  const heard: TabMessage[] = []
  const channel = openSessionChannel(NAME, tab.environment(), (message) => heard.push(message))
  const other = tab.browser.open().environment().openChannel(NAME)
  const say = async (data: unknown) => {
    other?.postMessage(data)
    await flush()
    return heard
  }
  return { tab, channel, heard, say }
}

it.each<[TabMessage]>([
  [{ kind: 'signed_out', id: 'a', sub: null }],
  [{ kind: 'signed_out', id: 'a', sub: 'usr_1' }],
  [{ kind: 'hand_over_request', id: 'a', revision: 3 }],
  [{ kind: 'hand_over', id: 'a', revision: 3, iv, sealed }],
])('hears %o, and nothing that was put beside it', async (message) => {
  expect(await open().say({ ...message, more: 1 })).toStrictEqual([message])
})

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['text', 'signed_out'],
  ['no id', { kind: 'signed_out', sub: null }],
  ['an id that is a number', { kind: 'signed_out', id: 7, sub: null }],
  ['a sub that is a number', { kind: 'signed_out', id: 'a', sub: 7 }],
  ['no sub', { kind: 'signed_out', id: 'a' }],
  ['a message of another kind', { kind: 'other', id: 'a', revision: 3, iv, sealed }],
  ['no revision', { kind: 'hand_over_request', id: 'a' }],
  ['a revision that is text', { kind: 'hand_over_request', id: 'a', revision: '3' }],
  ['an iv that is a list', { kind: 'hand_over', id: 'a', revision: 3, iv: [7], sealed }],
  ['something sealed that is text', { kind: 'hand_over', id: 'a', revision: 3, iv, sealed: 'x' }],
])('is deaf to %s', async (_name, data) => {
  expect(await open().say(data)).toEqual([])
})

it('is heard by the other tabs, until it is closed', async () => {
  const { tab, channel, say, heard } = open()
  const others: unknown[] = []
  const other = tab.browser.open().environment().openChannel(NAME)
  if (other !== null) other.onmessage = ({ data }: MessageEvent<unknown>) => others.push(data)
  channel.post({ kind: 'hand_over_request', id: 'a', revision: 3 })
  await flush()
  expect(others).toEqual([{ kind: 'hand_over_request', id: 'a', revision: 3 }])
  channel.close()
  await say({ kind: 'hand_over_request', id: 'a', revision: 4 })
  expect(heard).toEqual([])
})

it('is silent where there are no channels', () => {
  const { tab } = openProtocolPage(offline)
  tab.hasChannels = false
  const channel = openSessionChannel(NAME, tab.environment(), () => expect.unreachable())
  expect(() => {
    channel.post({ kind: 'signed_out', id: 'a', sub: null })
    channel.close()
  }).not.toThrow()
})
