import { createTestAuth } from '@spatio-labs/auth/testing'
import { SpatioAuthProvider } from '@spatio-labs/auth-react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { Greeting } from './greeting'

afterEach(cleanup)

it('greets the user, and follows a sign-out in another tab', () => {
  const auth = createTestAuth({ user: { name: 'Mira' } })
  render(
    <SpatioAuthProvider client={auth}>
      <Greeting />
    </SpatioAuthProvider>,
  )
  expect(screen.getByRole('heading').textContent).toBe('Hello, Mira')
  act(() => auth.signOutAs('signed-out-elsewhere'))
  expect(screen.queryByRole('heading')).toBeNull()
})

it('asks for a fresh login', () => {
  const auth = createTestAuth({ status: 'unauthenticated' })
  render(
    <SpatioAuthProvider client={auth}>
      <Greeting />
    </SpatioAuthProvider>,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(auth.calls.signIn).toEqual([{ prompt: 'login' }])
})
