import { toMetadataUrl } from '../options.js'
import type { TabSession } from '../session/tab-session.js'

/**
 * Asks for the authority's metadata while the code that reads it is loading: the callback of a sign-in needs it first.
 * Asked as the engine would, and judged by it, failures too.
 */
export async function askForMetadata({ options, environment }: TabSession): Promise<Response> {
  return (options.fetch ?? environment.fetch)(toMetadataUrl(options), {
    headers: { Accept: 'application/json' },
    credentials: 'omit',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
  })
}
