import { createOracle, type Tally } from './oracle.js'
import { createChance } from './random.js'
import { signInAgain } from './sign-in-again.js'
import { AUTHORITY_ENDS, createWeather } from './weather.js'
import { openWorld } from './world.js'

/** What a storm is made of. The same settings make the same storm. */
export interface StormSettings {
  readonly storage: 'local' | 'session'
  readonly seed: number
  readonly tabs: number
  readonly steps: number
}

/** What came of it. */
export interface StormReport extends Tally {
  /** Sentences, each a session that was lost or kept against the authority, with its step. */
  readonly problems: readonly string[]
  readonly signIns: number
  /** How often each thing happened. */
  readonly happenings: ReadonlyMap<string, number>
  /** Seconds by the simulated clock, and by the real one. */
  readonly simulated: number
  readonly real: number
}

/** Lives through `steps` things that happen to `tabs` tabs, and asks the authority after each. */
export async function runStorm({ storage, seed, tabs, steps }: StormSettings): Promise<StormReport> {
  const startedAt = performance.now()
  const world = await openWorld(storage, seed)
  const bornAt = world.now()
  try {
    const chance = createChance(seed)
    const weather = createWeather(world, chance, tabs)
    const oracle = createOracle(world)
    const happenings = new Map<string, number>()
    const problems: string[] = []
    while (world.tabs.length < (storage === 'local' ? tabs : 3)) await world.openTab()
    await world.settle()
    let signIns = await signInAgain(world, chance)
    for (let step = 1; step <= steps && problems.length === 0; step++) {
      oracle.note(await world.settle())
      const what = await weather.strike()
      happenings.set(what, (happenings.get(what) ?? 0) + 1)
      const isFair = weather.isFair()
      const found = await oracle.check(await world.settle(), {
        isFair,
        endedByAuthority: what === AUTHORITY_ENDS,
      })
      problems.push(...found.map((problem) => `step ${step}, ${what}: ${problem}`))
      await weather.pass()
      if (!isFair || !weather.isFair()) continue
      for (const { family } of world.tabs) {
        if (family.endedAt !== null && world.now() - family.endedAt > 120_000) family.grantId = null
      }
      signIns += await signInAgain(world, chance)
    }
    const simulated = (world.now() - bornAt) / 1000
    const real = (performance.now() - startedAt) / 1000
    return { ...oracle.tally, problems, signIns, happenings, simulated, real }
  } finally {
    await world.close()
  }
}
