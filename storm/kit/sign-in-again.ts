import type { Chance } from './random.js'
import { createFamily, reportTab, signIn, type Tab } from './tab.js'
import type { World } from './world.js'

/** With `session` a tab that has lost its session signs in for itself; more than these are closed instead. */
const MOST_SIGN_INS = 3

/** Whoever is signed out signs in again. @returns how many sign-ins that took */
export async function signInAgain(world: World, chance: Chance): Promise<number> {
  const signedOut = world.tabs.filter(({ family }) => family.grantId === null)
  if (signedOut.length === 0) return 0
  // Past the loop guard's window: these sign-ins are no loop.
  await world.pass(61)
  if (world.storage === 'local') {
    await signInAs(world, chance.pick(signedOut))
    return 1
  }
  for (const tab of signedOut.slice(MOST_SIGN_INS)) await world.closeTab(tab)
  for (const tab of signedOut.slice(0, MOST_SIGN_INS)) {
    tab.family = createFamily(tab.name)
    await signInAs(world, tab)
  }
  return Math.min(signedOut.length, MOST_SIGN_INS)
}

async function signInAs({ mock }: World, tab: Tab): Promise<void> {
  const before = new Set(mock.grants.list().map(({ id }) => id))
  await signIn(tab)
  const grant = mock.grants.list().find(({ id }) => !before.has(id))
  if (grant === undefined)
    throw new Error(`${tab.name} did not sign in: ${JSON.stringify(await reportTab(tab))}`)
  Object.assign(tab.family, { grantId: grant.id, endedAt: null, hasLostTab: false })
}
