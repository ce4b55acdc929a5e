import { createTestAuth } from '@spatio-labs/auth/testing'
import { createSpatioAuthPlugin } from '@spatio-labs/auth-vue'
import { expect, it } from 'vitest'
import { createApp, nextTick } from 'vue'
import Greeting from './greeting.vue'

it('greets the user, and follows a sign-out in another tab', async () => {
  const auth = createTestAuth({ user: { name: 'Mira' } })
  const page = document.createElement('div')
  const app = createApp(Greeting).use(createSpatioAuthPlugin(auth))
  app.mount(page)
  expect(page.querySelector('h1')?.textContent).toBe('Hello, Mira')
  auth.signOutAs('signed-out-elsewhere')
  await nextTick()
  expect(page.querySelector('h1')).toBeNull()
  app.unmount()
})
