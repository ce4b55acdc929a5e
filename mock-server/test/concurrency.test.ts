import { afterEach, expect } from 'vitest'
import { caseTest } from '@spatio-labs/cases'
import type { Listener } from '../src/index.js'
import {
  createMock,
  getCode,
  getUserInfo,
  readJson,
  readTokens,
  redeem,
  refresh,
  signIn,
  type Target,
} from './support/flow.js'
import { toTarget } from './support/port.js'

let listener: Listener | undefined

afterEach(() => listener?.close())

async function listen(): Promise<Target> {
  listener = await createMock().listen()
  return toTarget(listener.url)
}

/** Fifty requests at once: the one answer that is a 200, and one of those that are not. */
async function race(request: () => Promise<Response>): Promise<{ won: Response; lost: Response }> {
  const answers = await Promise.all(Array.from({ length: 50 }, request))
  const won = answers.filter((answer) => answer.status === 200)
  const lost = answers.filter((answer) => answer.status !== 200)
  expect([won.length, lost.length]).toEqual([1, 49])
  for (const answer of lost) {
    expect(answer.status).toBe(400)
    expect(await readJson(answer.clone())).toMatchObject({ error: 'invalid_grant' })
  }
  const [winner, loser] = [won[0], lost[0]]
  if (!winner || !loser) throw new Error('Nobody won or lost')
  return { won: winner, lost: loser }
}

caseTest('S-CODE-04', 'lets one of fifty redemptions at once win over a real port', async () => {
  const target = await listen()
  const code = await getCode(target)
  const { won, lost } = await race(() => redeem(target, code))
  // The others were right in everything, so the code had leaked: what it gave is revoked (S-CODE-02).
  expect((await getUserInfo(target, (await readTokens(won)).access_token)).status).toBe(401)
  return lost
})

caseTest('S-RT-04', 'lets one of fifty uses at once win over a real port', async () => {
  const target = await listen()
  const { refresh_token } = await signIn(target)
  const { won } = await race(() => refresh(target, refresh_token))
  const next = await readTokens(won.clone())
  expect((await refresh(target, next.refresh_token)).status).toBe(400)
  return won
})
