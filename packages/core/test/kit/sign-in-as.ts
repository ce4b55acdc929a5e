import type { World, Page } from './world.js'

/** A whole sign-in of one of the authority's users, in a tab of its own. */
export async function signInAs(world: World, sub: string): Promise<Page> {
  const page = world.page()
  void page.auth.signIn().catch(() => undefined)
  await world.settled(() => page.tab.navigations.length > 0)
  const callback = await world.mock.browser().signIn(page.tab.navigations.pop() ?? '', { user: sub })
  return world.reload(page.tab, callback.href)
}
