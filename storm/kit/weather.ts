import type { ActiveFault } from '@spatio-labs/mock-server'
import type { Chance } from './random.js'
import { reportTab, signOut } from './tab.js'
import type { World } from './world.js'

export const AUTHORITY_ENDS = 'the authority ends every session'

/** A spell of bad weather that lasts some steps. */
export interface Spell {
  readonly what: 'offline' | 'provider deploy' | 'app deploy'
  stepsLeft: number
  readonly end: () => Promise<void>
}

/** What goes on in the world beside the tabs. */
export interface Weather {
  readonly spells: Spell[]
  /** Does one thing, by chance. @returns what happened, for the report */
  readonly strike: () => Promise<string>
  /** Lets a step pass; spells that are over end. */
  readonly pass: () => Promise<void>
  readonly isFair: () => boolean
}

/** Seconds after which whoever was told 503 may come again. */
const RETRY_AFTER = 1

type Happening = readonly [what: string, weight: number, act: () => Promise<void>]

export function createWeather(world: World, chance: Chance, mostTabs: number): Weather {
  const { mock, app, tabs } = world
  const spells: Spell[] = []
  const begin = (what: Spell['what'], end: () => Promise<void>): void => {
    spells.push({ what, stepsLeft: chance.between(1, 2), end })
  }
  let calmAt = world.now()
  // A tab that was told when to come again asks no sooner, even if the spell is over by then.
  const isFair = (): boolean => spells.length === 0 && world.now() >= calmAt
  const openOrCopy = async (): Promise<void> => {
    if (tabs.length >= mostTabs) await world.closeTab(chance.pick(tabs))
    if (chance.next() < 0.3 || tabs.length === 0) await world.openTab()
    else await world.copyTab(chance.pick(tabs))
  }
  const always: Happening[] = [
    ['time passes', 3, () => world.pass(chance.between(5, 60))],
    ['the laptop sleeps', 5, () => world.pass(chance.between(60, 3600))],
    [
      'keys are rotated',
      1,
      async () => void (await mock.keys.rotate({ retire: chance.pick(['keep', 'drop']) })),
    ],
    ['an answer to a refresh is lost', 1, async () => void mock.fault('refresh.rotated-response-lost')],
    ['somebody signs out', 1, async () => signOutSomewhere(world, chance)],
    [AUTHORITY_ENDS, 1, async () => endAtAuthority(world)],
  ]
  const whenFair: Happening[] = [
    ['a tab is opened or copied', 3, openOrCopy],
    ['a tab is reloaded', 2, async () => reload(world, chance)],
    ['the network is gone', 2, async () => begin('offline', await goOffline(world))],
    [
      'the provider deploys',
      2,
      async () => {
        const endDeploy = provideNothing(world)
        begin('provider deploy', async () => {
          endDeploy()
          calmAt = world.now() + RETRY_AFTER * 1000
        })
      },
    ],
    [
      'the app deploys, the engine chunk is gone',
      1,
      async () => {
        app.deploy(false)
        begin('app deploy', async () => app.deploy(true))
      },
    ],
  ]
  const strike = async (): Promise<string> => {
    const happenings = isFair() ? [...always, ...whenFair] : always
    const [what, , act] = chance.pick(happenings.flatMap((one) => Array.from({ length: one[1] }, () => one)))
    await act()
    return what
  }
  return { spells, strike, isFair, pass: () => passStep(spells) }
}

async function passStep(spells: Spell[]): Promise<void> {
  for (const spell of [...spells]) {
    spell.stepsLeft -= 1
    if (spell.stepsLeft >= 0) continue
    spells.splice(spells.indexOf(spell), 1)
    await spell.end()
  }
}

async function goOffline(world: World): Promise<() => Promise<void>> {
  await world.setOffline(true)
  return () => world.setOffline(false)
}

/** 503 while the deploy lasts; whatever asks is told to come again. */
function provideNothing({ mock }: World): () => void {
  const faults: ActiveFault[] = (['token', 'jwks', 'discovery'] as const).map((endpoint) =>
    mock.fault('http.503+retry-after', { retryAfter: RETRY_AFTER }, { endpoint, times: 'always' }),
  )
  return () => {
    for (const fault of faults) fault.remove()
  }
}

async function reload(world: World, chance: Chance): Promise<void> {
  const { page } = chance.pick(world.tabs)
  await page.reload()
  await page.waitForFunction(() => 'auth' in window)
}

/** A sign-out reaches every tab of the user. In a tab where nobody is signed in nobody signs out. */
async function signOutSomewhere({ tabs }: World, chance: Chance): Promise<void> {
  const reports = await Promise.all(tabs.map(reportTab))
  const signedIn = tabs.filter((_tab, index) => reports[index]?.status === 'authenticated')
  if (signedIn.length === 0) return
  await signOut(chance.pick(signedIn))
  for (const { family } of tabs) family.grantId = null
}

function endAtAuthority({ mock }: World): void {
  for (const { sub } of mock.users.list()) mock.users.signOutEverywhere(sub)
}
