import { defineConfig } from 'vite'

// What your app has as `plugins` stays.
export default defineConfig({
  build: { rollupOptions: { input: ['index.html', 'relay.html'] } },
  // Else Vite finds it during the first sign-in, and reloads the page that waits for the answer.
  optimizeDeps: { include: ['@spatio-labs/auth/relay'] },
})
