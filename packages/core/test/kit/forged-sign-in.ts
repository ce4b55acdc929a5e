import { base64url } from 'jose'
import type { SpatioAuthOptions } from '../../src/options.js'
import { forgeIdToken, type Forgery } from './forge.js'
import { observeSignIn, signInBesideSession, type Observed } from './observe.js'
import { World } from './world.js'

/** A sign-in whose id_token was changed and validly signed anew, beside a session. */
export function refuseForged(forgery: Forgery): () => Promise<Observed> {
  return () => signInBesideSession(new World().prepare(forgeIdToken(forgery)))
}

/** The same that must be accepted, alone. */
export function acceptForged(
  forgery: Forgery,
  options: Partial<SpatioAuthOptions> = {},
): () => Promise<Observed> {
  return async () => {
    const world = new World(options)
    world.intercepts.push(forgeIdToken(forgery))
    return observeSignIn(await world.signIn())
  }
}

export const claim = (name: string, change: (value: never) => unknown): Forgery => ({
  claims: (claims) => ({ ...claims, [name]: change(claims[name] as never) }),
})

/** Changes one of the three parts after the token was signed. */
export const part = (index: 0 | 1 | 2, change: (part: string) => string): Forgery => ({
  compact: (token) => {
    const parts = token.split('.')
    return parts.map((text, at) => (at === index ? change(text) : text)).join('.')
  },
})

/** Changes members of the header after the token was signed. */
export const header = (members: Record<string, unknown>): Forgery =>
  part(0, (head) => {
    const parsed = JSON.parse(new TextDecoder().decode(base64url.decode(head))) as object
    return base64url.encode(JSON.stringify({ ...parsed, ...members }))
  })

export const without = (name: string): Forgery => ({
  claims: ({ [name]: _, ...claims }) => claims,
})
