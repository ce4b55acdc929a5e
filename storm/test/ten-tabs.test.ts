import { expect, it } from 'vitest'
import { askForToken, signIn } from '../kit/tab.js'
import { LIFETIME, openWorld } from '../kit/world.js'

const RUNS = Number(process.env['TEN_TABS_RUNS'] ?? 25)

it(`sends one refresh request for ten tabs that wake with an expired token, in ${RUNS} of ${RUNS} runs`, async () => {
  const world = await openWorld('local', 1)
  try {
    while (world.tabs.length < 10) await world.openTab()
    const [first] = world.tabs
    if (first === undefined) throw new Error('no tab was opened')
    await signIn(first)
    await world.settle()
    const requests: number[] = []
    for (let run = 0; run < RUNS; run++) {
      world.mock.clearRequests()
      await world.pass(2 * LIFETIME)
      const refused = await Promise.all(world.tabs.map(askForToken))
      await world.settle()
      expect(refused.filter((code) => code !== null)).toEqual([])
      requests.push(world.mock.requests({ endpoint: 'token', grant: 'refresh_token' }).length)
    }
    console.log(`ten tabs wake expired: refresh requests per run ${requests.join(' ')}`)
    expect(requests).toEqual(Array.from({ length: RUNS }, () => 1))
  } finally {
    await world.close()
  }
})
