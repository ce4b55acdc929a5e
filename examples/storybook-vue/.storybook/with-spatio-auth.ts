import { createTestAuth } from '@spatio-labs/auth/testing'
import { createSpatioAuthPlugin, SPATIO_AUTH } from '@spatio-labs/auth-vue'
import type { Decorator } from '@storybook/vue3-vite'
import { provide } from 'vue'

/** `parameters.auth` says who is signed in: what `createTestAuth()` takes. */
export const withSpatioAuth: Decorator = (_story, { parameters }) => ({
  setup: () => {
    // For this story alone; an app would be told by app.use().
    provide(SPATIO_AUTH, createSpatioAuthPlugin(createTestAuth(parameters.auth)))
  },
  template: '<story />',
})
