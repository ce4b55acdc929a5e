import { client } from '$lib/auth'
import type { LayoutLoad } from './$types'

export const ssr = false

/** Every page below has a user, or the visitor has left for Spatio. */
export const load: LayoutLoad = async ({ url }) => {
  return { user: await client.requireUser({ returnTo: url.href }) }
}
