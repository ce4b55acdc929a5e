import type { Decorator } from '@storybook/svelte-vite'
import SpatioAuthDecorator from './SpatioAuthDecorator.svelte'

/** `parameters.auth` says who is signed in: what `createTestAuth()` takes. */
const withSpatioAuth: Decorator = (_story, { parameters }) => ({
  Component: SpatioAuthDecorator,
  props: { auth: parameters.auth },
})

export default { decorators: [withSpatioAuth] }
