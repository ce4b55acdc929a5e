import { SpatioAuthError, type SpatioAuth } from '@spatio-labs/auth'
import { setUpDevtools } from '#devtools'
import { markRaw, type App, type Plugin } from 'vue'
import { createAuthRefs, type AuthRefs } from './create-auth-refs.js'
import { SPATIO_AUTH } from './injection-key.js'
import type { SpatioAuthVue } from './spatio-auth-vue.js'

declare module 'vue' {
  interface ComponentCustomProperties {
    /** The same as `useSpatioAuth()`; a ref in it is read with `.value`. */
    $spatioAuth: SpatioAuthVue
  }
}

/**
 * The plugin, `app.use(createSpatioAuthPlugin(client))`, which is also what `useSpatioAuth()` gives: use it outside
 * components, in router guards and in stores. On a server make one for each request.
 * @throws SpatioAuthError `config_invalid` without a client, and by `app.use` in an app that has another one
 */
export function createSpatioAuthPlugin(client: SpatioAuth): Plugin & SpatioAuthVue {
  if (!client?.getSnapshot) throw invalid('client is missing')
  const refs = createAuthRefs(client)
  // For who uses it before an app does; each app then follows the client by itself.
  const stopFirst = refs.connect()
  const install = (app: App): void => {
    if (SPATIO_AUTH in app._context.provides) throw invalid('second client')
    const stop = refs.connect()
    app.provide(SPATIO_AUTH, refs.auth)
    app.config.globalProperties.$spatioAuth = refs.auth
    hydrateAsLoading(app, refs)
    app.onUnmount(() => {
      stop()
      stopFirst()
    })
    // There is no page on a server: nothing is started there, and `loading` is what it renders.
    if (typeof window === 'undefined') return
    void client.ready()
    setUpDevtools(app, client)
  }
  return markRaw({ ...refs.auth, install })
}

/**
 * A page that hydrates begins as its HTML, with `loading`, even when a router guard has already waited for the client.
 * Vue does not tell a plugin whether a mount hydrates; a container with content is the sign of it, and where it is
 * wrong (a placeholder in index.html) the same tick shows the state.
 */
function hydrateAsLoading(app: App, { showServerState, follow }: AuthRefs): void {
  const { mount } = app
  app.mount = (container, ...rest) => {
    const element = typeof container === 'string' ? document.querySelector(container) : (container as Element)
    if (!element?.hasChildNodes()) return mount(container, ...rest)
    showServerState()
    try {
      return mount(container, ...rest)
    } finally {
      follow()
    }
  }
}

function invalid(detail: string): SpatioAuthError {
  return new SpatioAuthError('config_invalid', { phase: 'configuration', detail })
}
