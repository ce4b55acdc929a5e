import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { answerEndpoint } from './kit/forge.js'
import { observeRefresh, storedSession, type Observed } from './kit/observe.js'
import { World, type Page } from './kit/world.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const codeOf = (error: unknown): string => (error as { code: string }).code

/** A signed-in page whose refreshes are answered so; `asked` counts them. */
async function refuseRefreshes(
  answer: () => Response,
  world = new World(),
): Promise<{ world: World; page: Page; asked: () => number; stop: () => void }> {
  const page = await world.signIn()
  let count = 0
  world.intercepts.push(
    answerEndpoint('/oauth2/token', () => {
      count++
      return answer()
    }),
  )
  return { world, page, asked: () => count, stop: () => void world.intercepts.pop() }
}

const oauthError = (error: string) => (): Response => Response.json({ error }, { status: 400 })

/** The session survives the failure, the token at hand is still handed out, and a later attempt heals by itself. */
async function keepsAndHeals(answer: () => Response): Promise<Observed> {
  const { world, page, asked, stop } = await refuseRefreshes(answer)
  const token = await page.auth.getAccessToken()
  const outcome = await observeRefresh(page)
  await expect(page.auth.getAccessToken()).resolves.toBe(token)
  // Repeated under back-off, and not in a loop.
  await world.clock.advance(10 * MINUTE)
  await world.settled(() => asked() > 1)
  expect(asked()).toBeLessThan(60)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated' })
  stop()
  await world.clock.advance(2 * MINUTE)
  await world.settled(() => page.events.some(({ type }) => type === 'refreshed'))
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  await expect(page.auth.getAccessToken()).resolves.not.toBe(token)
  return outcome
}

caseTest('REF-11', 'keeps the session on a 503, and heals', () =>
  keepsAndHeals(() => Response.json({ error: 'temporarily_unavailable' }, { status: 503 })),
)
caseTest('REF-11', 'keeps the session on a 500 or a 502 without JSON, and heals', async () => {
  await keepsAndHeals(() => new Response('oops', { status: 500 }))
  return keepsAndHeals(() => new Response('<p>bad gateway</p>', { status: 502 }))
})
caseTest('REF-13', 'keeps the session when a portal answers 403 or 400 with HTML, and heals', async () => {
  const headers = { 'content-type': 'text/html' }
  await keepsAndHeals(() => new Response('<p>log in</p>', { status: 403, headers }))
  return keepsAndHeals(() => new Response('<p>invalid_grant</p>', { status: 400, headers }))
})

caseTest('REF-09', 'signs out every tab, once and for good, when the refresh token is refused', async () => {
  const { world, page, asked } = await refuseRefreshes(
    oauthError('invalid_grant'),
    new World({ storage: 'local' }),
  )
  const other = world.page()
  await other.auth.ready()
  // Until what hears the other tabs is there.
  await world.clock.advance(0)
  const code = await page.auth.getAccessToken({ forceRefresh: true }).catch(codeOf)
  await world.settled(() => other.auth.getSnapshot().status === 'unauthenticated')
  expect(storedSession(page.tab, 'local')).toBeNull()
  await world.clock.advance(3 * HOUR)
  for (const { auth, tab, events } of [page, other]) {
    expect(await auth.getAccessToken().catch(codeOf)).toBe('not_authenticated')
    expect(events.filter(({ type }) => type === 'signed_out')).toHaveLength(1)
    // The app chooses when to ask for a sign-in.
    expect(tab.navigations).toEqual([])
  }
  expect(page.auth.getSnapshot()).toMatchObject({ reason: 'expired', error: null })
  expect(asked()).toBe(1)
  return { kind: 'signout', reason: code }
})

caseTest(
  'REF-14',
  'hands the token out until it expires when the client may not refresh, then signs out',
  async () => {
    const codes: string[] = []
    for (const error of ['unauthorized_client', 'invalid_client', 'unsupported_grant_type']) {
      const { world, page, asked } = await refuseRefreshes(oauthError(error))
      const token = await page.auth.getAccessToken()
      codes.push(await page.auth.getAccessToken({ forceRefresh: true }).catch(codeOf))
      await world.clock.advance(HOUR - MINUTE)
      await expect(page.auth.getAccessToken()).resolves.toBe(token)
      // A registration does not mend by itself: nobody asks again.
      expect(asked()).toBe(1)
      await world.clock.advance(2 * MINUTE)
      await world.settled(() => page.auth.getSnapshot().status === 'unauthenticated')
      expect(page.auth.getSnapshot()).toMatchObject({ reason: 'expired', error: null })
      expect(storedSession(page.tab)).toBeNull()
    }
    expect(new Set(codes)).toEqual(new Set(['refresh_rejected']))
    return { kind: 'reject', code: codes[0] ?? '' }
  },
)

caseTest(
  'REF-16',
  'survives a sleep past expiry although the network comes back seconds after the wake',
  async () => {
    for (const sign of ['visibilitychange', 'pageshow', 'focus'] as const) {
      const world = new World()
      const page = await world.signIn()
      const token = await page.auth.getAccessToken()
      world.isOffline = true
      world.clock.jump(8 * HOUR)
      page.tab.dispatch(sign)
      await world.clock.advance(0)
      await world.settled(() => page.events.some(({ type }) => type === 'refresh_failed'))
      expect(page.auth.getSnapshot()).toMatchObject({
        status: 'authenticated',
        error: { code: 'refresh_transient' },
      })
      await world.clock.advance(5000)
      world.isOffline = false
      page.tab.dispatch('online')
      await world.clock.advance(0)
      await world.settled(() => page.events.some(({ type }) => type === 'refreshed'))
      expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
      await expect(page.auth.getAccessToken()).resolves.not.toBe(token)
      expect(world.tokenRequests('refresh_token')).toBe(1)
    }
    return { kind: 'retry' }
  },
)

it('spends the token once when another tab waits for the answer, also where the asking client is disposed of', async () => {
  const world = new World({ storage: 'local' })
  const page = await world.signIn()
  const other = world.page()
  await other.auth.ready()
  await world.clock.advance(0)
  const answers: ((response: Response) => void)[] = []
  world.intercepts.push((request) =>
    request.url.endsWith('/oauth2/token') ? new Promise((resolve) => answers.push(resolve)) : undefined,
  )
  void page.auth.getAccessToken({ forceRefresh: true }).catch(codeOf)
  await world.settled(() => answers.length === 1)
  const waiting = other.auth.getAccessToken({ forceRefresh: true }).catch(codeOf)
  page.auth.dispose()
  await world.clock.advance(0)
  answers[0]?.(oauthError('invalid_grant')())
  expect(await waiting).toBe('not_authenticated')
  expect(answers).toHaveLength(1)
  expect(other.auth.getSnapshot().status).toBe('unauthenticated')
})
