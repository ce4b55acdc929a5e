import { createTestAuth } from '@spatio-labs/auth/testing'
import { expect, it } from 'vitest'
import { countNotes, greet } from './greet'

it('greets who is signed in', () => {
  const auth = createTestAuth({ user: { name: 'Mira' } })
  expect(greet(auth)).toBe('Hello, Mira')
  auth.signOutAs('expired')
  expect(greet(auth)).toBe('Hello, stranger')
})

it('counts the notes with the token of the session', async () => {
  const answer = async (input: RequestInfo | URL, init?: RequestInit) => {
    const token = new Request(input, init).headers.get('authorization')
    return Response.json({ items: token === 'Bearer tok_test_1' ? ['first', 'second'] : [] })
  }
  const auth = createTestAuth({ user: { name: 'Mira' } }, { fetch: answer })
  expect(await countNotes(auth)).toBe(2)
})
