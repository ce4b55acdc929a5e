import { caseTest } from '@spatio-labs/cases'
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { expect, it, vi } from 'vitest'
import { createSpatioAuth, SpatioAuthError, type SpatioAuthEvent } from '../src/index.js'
import { setDocsUrl } from '../src/errors.js'
import { keepIdTokens } from './kit/keep-id-tokens.js'
import { storedSession } from './kit/observe.js'
import { World } from './kit/world.js'

const THREATS = new URL('../../../docs/decisions/0003-where-the-token-set-is-kept.md', import.meta.url)
const threatModel = (): string => readFileSync(THREATS, 'utf8')

caseTest('LEAK-04', 'tells the logger and the console no secret in any flow', async () => {
  const logged: SpatioAuthEvent[] = []
  const consoles = (['log', 'info', 'debug', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name))
  const world = new World({ storage: 'local', logger: (event) => void logged.push(event) })
  const idTokens = keepIdTokens(world)
  const page = world.page()
  const callback = await world.authorize(page)
  const [, transaction = '{}'] =
    page.tab.sessionStorage.entries().find(([key]) => key.includes('transaction')) ?? []
  const signedIn = await world.reload(page.tab, callback)
  const first = JSON.parse(storedSession(signedIn.tab, 'local') ?? '{}') as Record<string, string>
  await signedIn.auth.getAccessToken({ forceRefresh: true })
  const second = JSON.parse(storedSession(signedIn.tab, 'local') ?? '{}') as Record<string, string>
  await signedIn.auth.fetch(`${world.mock.issuer}/v1/notes`)
  world.isOffline = true
  await signedIn.auth.getAccessToken({ forceRefresh: true }).catch(() => undefined)
  await signedIn.auth.signOut()
  await world.clock.advance(60_000)
  await world.reload(page.tab, callback)
  const { code_verifier: verifier, nonce } = JSON.parse(transaction) as Record<string, string>
  const { searchParams } = new URL(callback)
  const canaries = [verifier, nonce, searchParams.get('code'), searchParams.get('state')]
  for (const { accessToken, refreshToken } of [first, second]) canaries.push(accessToken, refreshToken)
  expect(idTokens).toHaveLength(2)
  canaries.push(...idTokens)
  const told = inspect([logged, consoles.map(({ mock }) => mock.calls)], { depth: 9, maxStringLength: null })
  for (const canary of canaries) {
    expect(canary).toMatch(/\w{8}/)
    expect(told).not.toContain(canary)
  }
  expect(new Set(logged.map(({ type }) => type)).size).toBeGreaterThan(8)
  for (const spy of consoles) spy.mockRestore()
})

it('goes on when the logger throws', async () => {
  const world = new World({
    logger: () => {
      throw new Error('full disk')
    },
  })
  const page = await world.signIn()
  expect(page.auth.getSnapshot().status).toBe('authenticated')
})

it('names the page of the app’s own that explains the codes', () => {
  for (const docsUrl of ['javascript:alert(1)', 'http://help.example/', 'https://', 'help'])
    expect(() => createSpatioAuth({ clientId: 'app', docsUrl }), docsUrl).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    )
  createSpatioAuth({ clientId: 'app', docsUrl: 'https://help.example/sign-in' })
  const { docs } = new SpatioAuthError('timeout', { phase: 'token' })
  setDocsUrl('https://docs.spatio.app/auth/errors')
  expect(docs).toBe('https://help.example/sign-in#timeout')
})

caseTest(
  'LEAK-13',
  'lets other tabs hear of a change without a token, and checks what it hears',
  async () => {
    const world = new World({ storage: 'local' })
    const page = await world.signIn()
    const other = world.page()
    await other.auth.ready()
    // Until what hears the other tabs is there.
    await world.clock.advance(0)
    const channel = world.browser
      .open()
      .environment()
      .openChannel('spatio.auth:http://127.0.0.1:4400:demo-app')
    const junk = [null, 7, 'x', {}, { kind: 'signed_out' }, { kind: 'hand_over', id: 'x', revision: 0 }, [1]]
    for (const message of junk) channel?.postMessage(message)
    const posted: unknown[] = []
    if (channel !== null) channel.onmessage = ({ data }: MessageEvent<unknown>) => void posted.push(data)
    await page.auth.getAccessToken({ forceRefresh: true })
    await world.settled(() => other.events.some(({ type }) => type === 'tab_message'))
    expect(other.auth.getSnapshot().status).toBe('authenticated')
    const { id } = JSON.parse(storedSession(page.tab, 'local') ?? '{}') as { id: string }
    await page.auth.signOut()
    await world.settled(() => posted.length > 0)
    expect(posted).toEqual([{ kind: 'signed_out', id, sub: 'usr_mira' }])
    return { kind: 'accept' }
  },
)

caseTest('LEAK-14', 'says that a refresh token in a worker is not offered', () => {
  expect(threatModel()).toMatch(/A refresh token in a worker \(LEAK-14\).*not offered for now/)
})

caseTest('LEAK-15', 'claims nowhere that an injected script could be stopped', () => {
  expect(threatModel()).toMatch(/\*\*Script injection \(XSS\)\.\*\* Not stopped\..*run a sign-in of its own/)
})

caseTest('LEAK-16', 'says that built-ins are not captured', () => {
  expect(threatModel()).toMatch(/none is captured when the module loads/)
})
