import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { CaseCoverageReporter } from './cases/src/coverage-reporter.js'
import { reactCompiler } from './packages/react/test/kit/react-compiler.js'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Unit tests run on the sources, so that a stale `dist` hides nothing. */
const alias = {
  '@spatio-labs/auth-react/suspense': source('packages/react/src/suspense.ts'),
  '@spatio-labs/auth-react': source('packages/react/src/index.ts'),
  '@spatio-labs/auth-vue': source('packages/vue/src/index.ts'),
  '@spatio-labs/auth-svelte/components': source('packages/svelte/components/index.js'),
  '@spatio-labs/auth-svelte': source('packages/svelte/src/index.ts'),
  '@spatio-labs/auth-devtools/production': source('packages/devtools/src/production.ts'),
  '@spatio-labs/auth-devtools': source('packages/devtools/src/index.ts'),
  '@spatio-labs/binding-contract': source('packages/binding-contract/src/index.ts'),
  '@spatio-labs/auth/registration': source('packages/core/src/registration.ts'),
  '@spatio-labs/auth/testing': source('packages/core/src/testing/create-test-auth.ts'),
  '@spatio-labs/auth': source('packages/core/src/index.ts'),
  '@spatio-labs/mock-server/state': source('mock-server/src/state/parse-mock-state.ts'),
  '@spatio-labs/mock-server/msw': source('mock-server/src/msw/msw-handlers.ts'),
  '@spatio-labs/mock-server/vite': source('mock-server/src/vite/vite-plugin.ts'),
  '@spatio-labs/mock-server': source('mock-server/src/index.ts'),
  '@spatio-labs/cases': source('cases/src/index.ts'),
  '#checks': source('packages/core/src/checks.development.ts'),
  '#messages': source('packages/core/src/messages.development.ts'),
  '#mistakes': source('packages/core/src/client/mistakes.development.ts'),
  '#mount': source('packages/devtools/src/mount-spatio-devtools.ts'),
  '#devtools': source('packages/vue/src/devtools/devtools.development.ts'),
}

export const unit = (name: string, root: string, environment: 'node' | 'happy-dom' = 'node') => ({
  resolve: { alias },
  test: {
    name,
    root: source(root),
    environment,
    include: ['test/**/*.test.{ts,tsx,js}'],
    exclude: ['**/*.browser.test.ts', '**/*.compiled.test.tsx', '**/*.long.test.ts'],
    // Modules of a project are loaded once: no test of a node project changes one, or a global for longer than itself.
    isolate: environment !== 'node',
    unstubGlobals: true,
    // No test waits for real time, so only a hang or a very busy machine takes so long.
    testTimeout: 30_000,
  },
})

/** Svelte chooses its client build by the `browser` condition; on a server runes do not react. */
const withSvelte = (project: ReturnType<typeof unit>) => ({
  ...project,
  plugins: [svelte({ configFile: false })],
  resolve: { alias, conditions: ['browser'] },
})

const react = (name: string) => {
  const project = unit(name, 'packages/react', 'happy-dom')
  return { ...project, test: { ...project.test, setupFiles: [source('packages/react/test/kit/set-up.ts')] } }
}

/** The tests among the code that the pages of the documentation show. */
const withSnippets = (project: ReturnType<typeof unit>) => ({
  ...withSvelte(project),
  plugins: [svelte({ configFile: false }), vue()],
  test: {
    ...project.test,
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/*.e2e.test.ts', '**/node_modules/**'],
  },
})

/** The same tests on React 18, whose copy is in packages/react-18. */
const onReact18 = (project: ReturnType<typeof unit>) => ({
  ...project,
  resolve: {
    alias: [
      ...Object.entries(alias).map(([find, replacement]) => ({ find, replacement })),
      {
        find: /^(react|react-dom|@testing-library\/react)(\/.*)?$/,
        replacement: `${source('packages/react-18/node_modules/')}$1$2`,
      },
    ],
  },
})

/** What renders how often, in components that React Compiler has compiled. */
const withReactCompiler = (project: ReturnType<typeof react>) => ({
  ...project,
  plugins: [reactCompiler()],
  test: {
    ...project.test,
    include: ['test/**/*.compiled.test.tsx', 'test/silent-refresh.test.tsx', 'test/transition.test.tsx'],
    exclude: [],
  },
})

export default defineConfig({
  test: {
    reporters: ['default', new CaseCoverageReporter()],
    projects: [
      unit('cases', 'cases'),
      unit('core', 'packages/core'),
      react('react'),
      withReactCompiler(react('react-compiled')),
      onReact18(react('react-18')),
      unit('vue', 'packages/vue', 'happy-dom'),
      withSvelte(unit('svelte', 'packages/svelte', 'happy-dom')),
      unit('cli', 'packages/cli'),
      unit('devtools', 'packages/devtools', 'happy-dom'),
      unit('mock-server', 'mock-server'),
      unit('interop', 'interop'),
      unit('bench', 'bench'),
      withSnippets(unit('docs', 'docs/snippets', 'happy-dom')),
      unit('workspace', 'scripts'),
      {
        resolve: { alias },
        test: {
          name: 'long',
          root: source('interop'),
          include: ['test/**/*.long.test.ts'],
          testTimeout: 300_000,
        },
      },
      {
        resolve: { alias: { '@spatio-labs/cases': alias['@spatio-labs/cases'] } },
        test: {
          name: 'browser',
          root: source('.'),
          include: ['{playground,mock-server,storm,packages/devtools}/test/**/*.browser.test.ts'],
          globalSetup: [source('playground/test/kit/build-page-once.ts')],
          fileParallelism: false,
          // Loading Playwright and Vite takes a second, for each file anew.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      // The built site, and the end-to-end test that it shows, in Chromium.
      {
        resolve: {
          alias: {
            '@spatio-labs/auth': alias['@spatio-labs/auth'],
            '#checks': alias['#checks'],
            '#messages': alias['#messages'],
            '#mistakes': alias['#mistakes'],
          },
        },
        test: {
          name: 'docs-site',
          root: source('docs'),
          include: ['test/**/*.browser.test.ts', 'snippets/**/*.e2e.test.ts'],
          globalSetup: [source('docs/test/serve-example.ts')],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      // `npm run storm`: minutes long, so not a part of `npm test`.
      {
        test: {
          name: 'storm',
          root: source('storm'),
          include: ['test/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          testTimeout: 240_000,
        },
      },
    ],
  },
})
