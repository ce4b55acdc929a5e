import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte()],
  // Vitest takes the server's build unless told otherwise, and then nothing reacts.
  resolve: { conditions: ['browser'] },
  test: { environment: 'happy-dom' },
})
