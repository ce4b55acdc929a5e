import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { typeCheck } from './support/type-check.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** @param {string} file */
const read = (file) => readFileSync(join(root, file), 'utf8')

const quickStart = /```tsx\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? ''

it('the quick start of the README compiles against the packages, and a misspelt one would not', () => {
  const misspelt = quickStart.replaceAll('signOut', 'logOut')
  const problems = typeCheck('playground/src', { 'quick-start.tsx': quickStart, 'misspelt.tsx': misspelt })
  expect(problems.filter((problem) => !problem.startsWith('misspelt.tsx'))).toEqual([])
  expect(problems.join()).toContain("'logOut' does not exist")
}, 60_000)

it('every block of the README of the mock compiles against its sources', () => {
  const blocks = [...read('mock-server/README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(
    ([, code = '']) => code,
  )
  // A block that imports nothing goes on with the mock of the one before.
  const preamble =
    "import type { MockServer } from '@spatio-labs/mock-server'\ndeclare const mock: MockServer\n"
  const files = blocks.map((code, number) => {
    const isWhole = /^import /m.test(code)
    return [`block-${number}.ts`, isWhole ? code : `${preamble}${code}\nexport {}\n`]
  })
  expect(blocks.length).toBeGreaterThan(7)
  const misspelt =
    blocks.find((code) => code.includes('.browser()'))?.replace('.browser()', '.browse()') ?? ''
  const problems = typeCheck('mock-server/test', { ...Object.fromEntries(files), 'misspelt.ts': misspelt })
  expect(problems.filter((problem) => !problem.startsWith('misspelt.ts'))).toEqual([])
  expect(problems.join()).toContain("'browse' does not exist")
}, 60_000)

it('every block of the README of the devtools compiles', () => {
  const blocks = [...read('packages/devtools/README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(
    ([, code = '']) => code,
  )
  expect(blocks).toHaveLength(2)
  const files = blocks.map((code, number) => [`block-${number}.ts`, `${code}\nexport {}\n`])
  const misspelt = blocks[1]?.replace('adminToken:', 'token:') ?? ''
  const problems = typeCheck('playground/src', { ...Object.fromEntries(files), 'misspelt.ts': misspelt })
  expect(problems.filter((problem) => !problem.startsWith('misspelt.ts'))).toEqual([])
  expect(problems.join()).toContain("'token' does not exist")
}, 60_000)

/** The first block of a README in a language. @param {string} name of the package's folder @param {string} language */
const firstBlock = (name, language) =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(read(`packages/${name}/README.md`))?.[1] ?? ''

it('the code in the READMEs of the client and its bindings is whole and compiles', () => {
  const script = /<script lang="ts">([\s\S]*?)<\/script>/.exec(firstBlock('svelte', 'svelte'))?.[1] ?? ''
  const files = {
    'core.ts': firstBlock('core', 'ts'),
    'react.tsx': firstBlock('react', 'tsx'),
    'vue.ts': firstBlock('vue', 'ts'),
    'auth.ts': firstBlock('svelte', 'ts'),
    'svelte.ts': script,
  }
  for (const code of Object.values(files)) expect(code).toContain('import ')
  const app = {
    'App.vue.d.ts': "declare const app: import('vue').Component\nexport default app\n",
    'router.ts': [
      "import type { createAuthGuard } from '@spatio-labs/auth-vue'",
      'type Guarded = { beforeEach: (guard: ReturnType<typeof createAuthGuard>) => unknown }',
      "export declare const router: import('vue').Plugin & Guarded",
    ].join('\n'),
    'misspelt.tsx': files['react.tsx'].replace('signedOut=', 'signOut='),
  }
  const problems = typeCheck('playground/src', { ...files, ...app })
  expect(problems.filter((problem) => !problem.startsWith('misspelt.tsx'))).toEqual([])
  expect(problems.join()).toContain("'signOut' does not exist")
}, 60_000)

it('the quick start has at most 15 lines', () => {
  expect(quickStart.trim().split('\n').length).toBeLessThanOrEqual(15)
})

it.each(['README.md', 'CONTRIBUTING.md'])('every npm command in %s exists', (page) => {
  const { scripts } = JSON.parse(read('package.json'))
  const named = [...read(page).matchAll(/(?:`|^)npm (?:run )?([a-z][a-z:-]*)/gm)].map(([, name]) => name)
  expect(named.filter((name = '') => !(name in scripts))).toEqual([])
})

it('every file that CONTRIBUTING.md names exists', () => {
  const named = [...read('CONTRIBUTING.md').matchAll(/`([\w./-]+\/[\w.-]+\.(?:ts|js|json))`/g)]
  const missing = named
    .map(([, name = '']) => name)
    .filter((name) => !existsSync(join(root, name)) && !existsSync(join(root, 'packages/core/src', name)))
  expect(named.length).toBeGreaterThan(20)
  expect(missing).toEqual([])
})
