import { describe, expect, it } from 'vitest'
import { readCallbackUrl } from '../../src/client/callback-url.js'

const PLACE = 'https://app.example/callback'
const OURS = 'state=sp1.a'

describe('readCallbackUrl', () => {
  it('takes the response out and leaves the pairs of the app as they are', () => {
    const url = `${PLACE}?a=1&code=c&b=%7e+x&${OURS}&iss=https%3A%2F%2Fas.example#part`
    const found = readCallbackUrl(url, PLACE, false)
    expect(found?.query).toBe(`a=1&code=c&b=%7e+x&${OURS}&iss=https%3A%2F%2Fas.example`)
    expect(found?.cleanUrl).toBe(`${PLACE}?a=1&b=%7e+x#part`)
  })

  it('leaves no empty pair behind', () => {
    expect(readCallbackUrl(`${PLACE}?a=1&&code=c&${OURS}`, PLACE, false)?.cleanUrl).toBe(`${PLACE}?a=1`)
  })

  it('takes tokens of the fragment for a part of the response', () => {
    const found = readCallbackUrl(`${PLACE}?${OURS}#id_token=t`, PLACE, false)
    expect(found).toEqual({ query: `${OURS}&id_token=t`, cleanUrl: PLACE })
  })

  it.each([
    ['another path', `https://app.example/other?code=c&${OURS}`, PLACE],
    ['another origin', `https://other.example/callback?code=c&${OURS}`, PLACE],
    ['a redirect URI that is none', `${PLACE}?code=c&${OURS}`, 'https://['],
    ["another library's state", `${PLACE}?code=c&state=theirs`, PLACE],
    ['nothing of a response', `${PLACE}?a=1`, PLACE],
    ['an empty state and no more', `${PLACE}?state=`, PLACE],
  ])('finds none for %s', (_, url, place) => {
    expect(readCallbackUrl(url, place, true)).toBeNull()
  })

  it.each(['code=c', 'error=access_denied', 'code=c&state='])(
    "takes %s for its own while this tab waits for an answer, and for nobody's otherwise",
    (query) => {
      expect(readCallbackUrl(`${PLACE}?${query}`, PLACE, true)?.cleanUrl).toBe(PLACE)
      expect(readCallbackUrl(`${PLACE}?${query}`, PLACE, false)).toBeNull()
    },
  )
})
