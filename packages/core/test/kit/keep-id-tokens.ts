import type { World } from './world.js'

/** The id_tokens of every token response from now on: the client keeps none of them, so that tests have to. */
export function keepIdTokens(world: World): string[] {
  const kept: string[] = []
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith('/oauth2/token')) return undefined
    return forward(request).then(async (response) => {
      const { id_token: idToken } = (await response.clone().json()) as Record<string, string>
      if (idToken !== undefined) kept.push(idToken)
      return response
    })
  })
  return kept
}
