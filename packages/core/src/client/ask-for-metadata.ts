import { toMetadataUrl } from '../options.js'
import type { Tab } from '../session/tab.js'

/**
 * Asks for the authority's metadata while the code that reads it is loading: the callback of a sign-in needs it first.
 * Judged by the engine, failures too.
 */
export async function askForMetadata({ options, environment }: Tab): Promise<Response> {
  return (options.fetch ?? environment.fetch)(toMetadataUrl(options), {
    credentials: 'omit',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
  })
}
