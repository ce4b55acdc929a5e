// Bundles the service worker of a static site into one classic script, dist/spatio-mock-worker.js.
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** @param {string} [outDir] */
export async function buildWorker(outDir = fileURLToPath(new URL('dist', import.meta.url))) {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      target: ['chrome111', 'firefox111', 'safari16.4'],
      lib: {
        entry: fileURLToPath(new URL('src/service-worker/worker.ts', import.meta.url)),
        formats: ['iife'],
        name: 'spatioMockWorker',
        fileName: () => 'spatio-mock-worker.js',
      },
    },
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWorker()
