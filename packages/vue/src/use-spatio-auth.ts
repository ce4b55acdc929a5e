import { SpatioAuthError } from '@spatio-labs/auth'
import { hasInjectionContext, inject } from 'vue'
import { SPATIO_AUTH } from './injection-key.js'
import type { SpatioAuthVue } from './spatio-auth-vue.js'

/**
 * The client's state as refs, and its actions. In `setup`, in a Pinia store, and in a router guard before the first
 * `await`; elsewhere use what `createSpatioAuthPlugin` returned.
 * @throws SpatioAuthError `plugin_missing` in an app without the plugin, `outside_injection` where Vue cannot inject
 */
export function useSpatioAuth(): SpatioAuthVue {
  const auth = hasInjectionContext() ? inject(SPATIO_AUTH, null) : undefined
  if (auth) return auth
  const code = auth === null ? 'plugin_missing' : 'outside_injection'
  throw new SpatioAuthError(code, { phase: 'configuration' })
}
