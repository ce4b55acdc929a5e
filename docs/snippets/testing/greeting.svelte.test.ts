import { createTestAuth } from '@spatio-labs/auth/testing'
import { SPATIO_AUTH_CONTEXT, spatioAuth } from '@spatio-labs/auth-svelte'
import { flushSync, mount, unmount } from 'svelte'
import { expect, it } from 'vitest'
import Greeting from './greeting.svelte'

it('greets the user, and follows a sign-out in another tab', async () => {
  const auth = createTestAuth({ user: { name: 'Mira' } })
  const page = document.createElement('div')
  const context = new Map([[SPATIO_AUTH_CONTEXT, spatioAuth(auth)]])
  const component = mount(Greeting, { target: page, context })
  expect(page.querySelector('h1')?.textContent).toBe('Hello, Mira')
  auth.signOutAs('signed-out-elsewhere')
  flushSync()
  expect(page.querySelector('h1')).toBeNull()
  await unmount(component)
})
