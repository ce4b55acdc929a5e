// Bundles the package as it is published, into dist/bundle: a few files instead of 250, so that a start reads less.
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))

/** @param {string} [outDir] */
export async function buildBundle(outDir = `${root}dist/bundle`) {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['msw', 'vite'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      // The licences of what is bundled travel with it.
      license: { fileName: 'licenses.md' },
      rolldownOptions: {
        input: {
          index: 'src/index.ts',
          cli: 'src/cli.ts',
          state: 'src/state/parse-mock-state.ts',
          msw: 'src/msw/msw-handlers.ts',
          vite: 'src/vite/vite-plugin.ts',
          'service-worker': 'src/service-worker/serve-mock.ts',
          'service-worker-register': 'src/service-worker/register-mock-service-worker.ts',
        },
      },
    },
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildBundle()
