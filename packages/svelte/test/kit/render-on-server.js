// Prints the page `gates` as a server renders it, through Vite as SvelteKit does, from the sources.
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { createServer } from 'vite'

/** @param {string} path */
const source = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

const server = await createServer({
  configFile: false,
  logLevel: 'error',
  root: source('svelte'),
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
  plugins: [svelte({ configFile: false })],
  resolve: {
    alias: {
      '@spatio-labs/auth-svelte/components': source('svelte/components/index.js'),
      '@spatio-labs/auth-svelte': source('svelte/src/index.ts'),
      '@spatio-labs/auth/testing': source('core/src/testing/create-test-auth.ts'),
      '@spatio-labs/auth': source('core/src/index.ts'),
      '#messages': source('core/src/messages.ts'),
      '#mistakes': source('core/src/client/mistakes.ts'),
    },
  },
})
const { render } = await server.ssrLoadModule('svelte/server')
const { createTestAuth } = await server.ssrLoadModule('@spatio-labs/auth/testing')
const { default: Gates } = await server.ssrLoadModule('/test/pages/gates.svelte')
const client = createTestAuth({ status: 'loading' })
process.stdout.write(render(Gates, { props: { client, onRender: () => undefined } }).body)
await server.close()
