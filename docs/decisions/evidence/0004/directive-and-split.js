// What tsc and a bundler make of 'use client' and of an import(), and whether require() takes an ES module.
import { createRequire } from 'node:module'
import ts from 'typescript'
import { build } from 'vite'
import { record } from '../0001/test-authority.js'

const sources = {
  'index.js': `export { Button } from './button.js'\nexport const plain = 1`,
  'button.js': `'use client'\nexport const Button = () => import('./engine.js')`,
  'engine.js': `export const engine = 'engine'`,
}

const { outputText } = ts.transpileModule(sources['button.js'], {
  compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
})
const isKept = outputText.startsWith(`'use client'`) && outputText.includes(`import('./engine.js')`)
record(`TypeScript ${ts.version}: the first line is the directive and import() stays: ${isKept}`, isKept)

for (const [title, output, expected] of [
  ['a bundler', {}, false],
  ['a bundler with preserveModules', { preserveModules: true }, true],
]) {
  const chunks = await bundle(output)
  const holder = chunks.find(({ code }) => code.includes('Button ='))
  const hasDirective = /^["']use client/.test(holder.code)
  record(
    `${title}: ${chunks.length} files, directive before Button: ${hasDirective}`,
    hasDirective === expected,
  )
}

const loaded = createRequire(import.meta.url)('../0001/test-authority.js')
record(
  `require() of an ES module on Node ${process.versions.node}: ${typeof loaded.record}`,
  typeof loaded.record === 'function',
)

async function bundle(output) {
  const name = (id) => id.split('/').pop()
  const plugin = {
    name: 'sources',
    resolveId: (id) => (name(id) in sources ? `/virtual/${name(id)}` : null),
    load: (id) => sources[name(id)] ?? null,
  }
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [plugin],
    build: {
      write: false,
      minify: false,
      rollupOptions: { input: 'index.js', preserveEntrySignatures: 'strict', output },
    },
  })
  return built.output.filter(({ type }) => type === 'chunk')
}
