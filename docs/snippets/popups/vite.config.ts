import { defineConfig } from 'vite'

// What your app has as `plugins` stays.
export default defineConfig({
  build: { rollupOptions: { input: ['index.html', 'relay.html'] } },
})
