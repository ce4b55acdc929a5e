import type { SpatioAuthOptions } from '../../src/options.js'
import { lateLife, type LateLife } from './late-chunks.js'
import { World, type Page } from './world.js'

interface Reloaded {
  readonly world: World
  readonly page: Page
  readonly life: LateLife
}

/**
 * A page that was signed in, reloads after a while, and starts with a life chunk that hangs or fails.
 * @param awayFor ms
 */
export async function reloadWithoutLife(
  fate: 'fails' | 'hangs',
  options: Partial<SpatioAuthOptions> = {},
  awayFor = 0,
): Promise<Reloaded> {
  const world = new World(options)
  const { tab } = await world.signIn()
  tab.load('/')
  await world.clock.advance(awayFor)
  const life = lateLife(fate)
  const page = world.page(tab, {}, life.chunks)
  void page.auth.ready()
  await world.clock.advance(0)
  return { world, page, life }
}
