import { client } from '$lib/auth'
import type { ClientInit } from '@sveltejs/kit'

/** The callback is answered, or the session restored, before the first load runs. */
export const init: ClientInit = async () => {
  await client.ready()
}
