import { svelte } from '@sveltejs/vite-plugin-svelte'
import react from '@vitejs/plugin-react'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [
    react(),
    // Components are written <LikeThis>, so a name with a hyphen is an element of the browser.
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } } }),
    svelte(),
  ],
  build: { rolldownOptions: { input: ['index.html', 'relay.html'] } },
  resolve: { dedupe: ['react', 'react-dom', 'svelte', 'vue'] },
  optimizeDeps: {
    // The engine chunk loads in the middle of a callback. Were its dependencies found only then, Vite would bundle them
    // and reload the page, with the code already spent.
    noDiscovery: true,
    include: [
      'react',
      'react/jsx-runtime',
      'react/jsx-dev-runtime',
      'react-dom',
      'react-dom/client',
      '@spatio-labs/auth-devtools > preact',
      '@spatio-labs/auth-devtools > preact/hooks',
      '@spatio-labs/auth-devtools > preact/jsx-runtime',
      'vue',
      '@spatio-labs/auth-vue > @vue/devtools-api',
      '@spatio-labs/auth > jose/base64url',
      '@spatio-labs/auth > jose/errors',
      '@spatio-labs/auth > jose/jwks/local',
      '@spatio-labs/auth > jose/jws/compact/verify',
      '@spatio-labs/auth > jose/jwt/decode',
      '@spatio-labs/auth > oidc-client-ts',
    ],
  },
})
