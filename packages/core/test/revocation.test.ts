import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { answerEndpoint } from './kit/forge.js'
import { World, type Page } from './kit/world.js'

const SIGNED_OUT = { status: 'unauthenticated', reason: 'signed-out' }

/** What the client told of its revocations: the status of each request, and warnings. */
const toldOf = ({ events }: Page): unknown[] =>
  events.flatMap((event): unknown[] => {
    if (event.type === 'warning') return [event.code]
    return event.type === 'request' && event.endpoint === 'revocation' ? [event.status] : []
  })

caseTest('OUT-03', 'repeats a revocation once when it is told to come back, then warns', async () => {
  const world = new World()
  const page = await world.signIn()
  const busy = () => new Response('', { status: 503, headers: { 'retry-after': '7' } })
  world.intercepts.push(answerEndpoint('/oauth2/revoke', busy))
  await page.auth.signOut()
  await world.clock.advance(6900)
  expect(toldOf(page)).toEqual([503, 503])
  await world.clock.advance(200)
  expect(toldOf(page)).toEqual([503, 503, 503, 503, 'revocation_failed'])
  expect(page.auth.getSnapshot()).toMatchObject(SIGNED_OUT)
})

it('repeats a revocation that got through the second time without a warning', async () => {
  const world = new World()
  const page = await world.signIn()
  world.isOffline = true
  await page.auth.signOut()
  await world.settled(() => toldOf(page).length === 2)
  world.isOffline = false
  await world.clock.advance(2000)
  await world.settled(() => toldOf(page).length === 4)
  expect(toldOf(page)).toEqual([null, null, 200, 200])
})

it('repeats a revocation at once, by keepalive, when the page is left', async () => {
  const world = new World()
  const page = await world.signIn()
  world.intercepts.push(answerEndpoint('/oauth2/revoke', () => new Response('', { status: 503 })))
  await page.auth.signOut()
  await world.settled(() => toldOf(page).length === 2)
  world.intercepts.pop()
  const isKept: boolean[] = []
  world.intercepts.push((request) => {
    if (request.url.endsWith('/oauth2/revoke')) isKept.push(request.keepalive)
    return undefined
  })
  page.tab.dispatch('pagehide')
  await world.settled(() => toldOf(page).length === 4)
  expect(toldOf(page)).toEqual([503, 503, 200, 200])
  expect(isKept).toEqual([true, true])
})

caseTest('OUT-04', 'takes a token type that cannot be revoked for done', async () => {
  const world = new World()
  const page = await world.signIn()
  world.intercepts.push(
    answerEndpoint('/oauth2/revoke', () =>
      Response.json({ error: 'unsupported_token_type' }, { status: 400 }),
    ),
  )
  await page.auth.signOut()
  await world.settled(() => toldOf(page).length === 2)
  await world.clock.advance(60_000)
  expect(toldOf(page)).toEqual([400, 400])
  return { kind: 'ignore' }
})
