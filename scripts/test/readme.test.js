import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** @param {string} file */
const read = (file) => readFileSync(join(root, file), 'utf8')

const quickStart = /```tsx\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? ''

/** @type {ts.CompilerOptions} */
const OPTIONS = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.ReactJSX,
  paths: {
    '@spatio-labs/auth-react': [join(root, 'packages/react/src/index.ts')],
    '@spatio-labs/auth': [join(root, 'packages/core/src/index.ts')],
    '#messages': [join(root, 'packages/core/src/messages.ts')],
  },
}

/**
 * What the compiler says of code that stands in files of an app, with the packages as they are in the sources.
 *
 * @param {Record<string, string>} codes by file name
 */
function typeCheck(codes) {
  const files = new Map(
    Object.entries(codes).map(([name, code]) => [join(root, 'playground/src', name), code]),
  )
  const host = ts.createCompilerHost(OPTIONS)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => files.get(name) ?? readFile(name)
  host.getSourceFile = (name, ...rest) => {
    const code = files.get(name)
    if (code === undefined) return getSourceFile(name, ...rest)
    return ts.createSourceFile(name, code, ts.ScriptTarget.ES2022)
  }
  const program = ts.createProgram([...files.keys()], OPTIONS, host)
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}

it('the quick start of the README compiles against the packages, and a misspelt one would not', () => {
  const misspelt = quickStart.replaceAll('signOut', 'logOut')
  const problems = typeCheck({ 'quick-start.tsx': quickStart, 'misspelt.tsx': misspelt })
  expect(problems.filter((problem) => !problem.startsWith('misspelt.tsx'))).toEqual([])
  expect(problems.join()).toContain("'logOut' does not exist")
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
