import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** @type {ts.CompilerOptions} */
const OPTIONS = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
  lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.ReactJSX,
  paths: {
    '@spatio-labs/auth-svelte': [join(root, 'packages/svelte/src/index.ts')],
    '@spatio-labs/auth-vue': [join(root, 'packages/vue/src/index.ts')],
    '#devtools': [join(root, 'packages/vue/src/devtools/devtools.ts')],
    '@spatio-labs/auth-react': [join(root, 'packages/react/src/index.ts')],
    '@spatio-labs/auth': [join(root, 'packages/core/src/index.ts')],
    '#checks': [join(root, 'packages/core/src/checks.ts')],
    '#messages': [join(root, 'packages/core/src/messages.ts')],
    '#mistakes': [join(root, 'packages/core/src/client/mistakes.ts')],
    '@spatio-labs/mock-server': [join(root, 'mock-server/src/index.ts')],
    '@spatio-labs/mock-server/state': [join(root, 'mock-server/src/state/parse-mock-state.ts')],
    '@spatio-labs/mock-server/msw': [join(root, 'mock-server/src/msw/msw-handlers.ts')],
    '@spatio-labs/mock-server/vite': [join(root, 'mock-server/src/vite/vite-plugin.ts')],
    '@spatio-labs/mock-server/service-worker': [join(root, 'mock-server/src/service-worker/serve-mock.ts')],
    '@spatio-labs/mock-server/service-worker/register': [
      join(root, 'mock-server/src/service-worker/register-mock-service-worker.ts'),
    ],
  },
}

/**
 * What the compiler says of code that stands in files of a folder, with the packages as they are in the sources.
 *
 * @param {string} folder below the root: what is imported is looked for from there
 * @param {Record<string, string>} codes by file name
 */
export function typeCheck(folder, codes) {
  const files = new Map(Object.entries(codes).map(([name, code]) => [join(root, folder, name), code]))
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
  // The packages have a check of their own, by their own options.
  const sources = [...files.keys()].flatMap((name) => program.getSourceFile(name) ?? [])
  const problems = sources.flatMap((source) => [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ])
  return problems.map(({ file, messageText }) => {
    return `${basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}
