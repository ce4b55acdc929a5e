import type { Introspection } from '../introspection.js'
import type { ClientContext } from './client-context.js'

/** What the authority says of a token; without one, of the session's. */
export async function introspect(
  { loadEngine }: ClientContext,
  accessToken: (options: object) => Promise<string>,
  token: string | undefined,
): Promise<Introspection> {
  const asked = token ?? (await accessToken({}))
  const engine = await loadEngine()
  return engine.requestIntrospection(asked)
}
