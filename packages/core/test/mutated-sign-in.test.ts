import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SpatioAuthError } from '../src/errors.js'
import { storedSession } from './kit/observe.js'
import { edited, runs } from './kit/property.js'
import { World } from './kit/world.js'

type Edit = (text: string) => string
type TokenResponse = Record<'access_token' | 'id_token', string>

/** A whole sign-in in a new tab, whose callback and token response are edited on their way. */
async function signIn(world: World, editQuery: Edit, editBody: Edit) {
  const page = world.page()
  const callback = new URL(await world.authorize(page))
  let issued: TokenResponse | null = null
  world.intercepts.splice(0, Infinity, (request, forward) => {
    if (!request.url.endsWith('/oauth2/token')) return undefined
    return forward(request).then(async (response) => {
      const text = await response.text()
      if (response.status === 200) issued = JSON.parse(text) as TokenResponse
      return new Response(editBody(text), { status: response.status, headers: response.headers })
    })
  })
  callback.search = editQuery(callback.search.slice(1))
  const next = await world.reload(page.tab, callback.href)
  const stored = JSON.parse(storedSession(next.tab) ?? 'null') as Record<string, string> | null
  return { state: next.auth.getSnapshot(), stored, issued: issued as TokenResponse | null }
}

/** Edits the value of one member of the response. */
function toBodyEdit([name, edit]: [string, Edit]): Edit {
  const member = new RegExp(`("${name}":")([^"]*)`)
  return (text) => text.replace(member, (_, start: string, value: string) => start + edit(value))
}

it('signs in with exactly the tokens that were issued, or stores nothing and says why', async () => {
  const world = new World()
  const same: Edit = (text) => text
  const queries = edited(
    ['&', '=', '%', '#', 'x', '&code=x', '&state=sp1.x', '&error=e', '&id_token=x', '&app=1'],
    '&',
  )
  const member = fc.constantFrom('access_token', 'token_type', 'id_token')
  const values = fc.tuple(member, edited(['A', '.', '"', ' ', '=='], '[.]')).map(toBodyEdit)
  const bodies = fc.oneof(
    values,
    edited(['"', ',', '{', '"error":"e",', '"token_type":"mac",', '"x":1,'], '(?=")'),
  )
  const edits = fc.oneof(fc.tuple(queries, fc.constant(same)), fc.tuple(fc.constant(same), bodies))
  const ends = { accept: 0, refuse: 0 }
  await fc.assert(
    fc.asyncProperty(edits, async ([editQuery, editBody]) => {
      const { state, stored, issued } = await signIn(world, editQuery, editBody)
      ends[state.isAuthenticated ? 'accept' : 'refuse']++
      if (state.isAuthenticated) {
        expect(stored).toMatchObject({ accessToken: issued?.access_token })
        // Read once, and kept nowhere.
        expect(JSON.stringify(stored)).not.toContain(issued?.id_token.split('.')[1])
        return
      }
      expect(stored).toBeNull()
      if (state.status === 'error') expect(state.error).toBeInstanceOf(SpatioAuthError)
      // A state that is not ours any more is another library's.
      else expect(state).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
    }),
    runs(150),
  )
  // Neither refusing everything nor accepting everything holds.
  expect(ends.accept).toBeGreaterThan(15)
  expect(ends.refuse).toBeGreaterThan(50)
})
