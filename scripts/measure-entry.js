// The size of one entry of a package, as an application's bundler makes it of what was built.
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { build } from 'vite'
import { ROOT } from './install.js'

/**
 * @typedef {object} EntrySize Bytes, minified and gzipped.
 * @property {number} eager what a page loads at once
 * @property {Record<string, number>} lazy what it loads by each `import()` beside that, by the name of the file
 * @property {string[]} eagerModules the files in what is loaded at once
 */

/**
 * Vite wraps every `import()` of an app in a helper of its own (0.7 kB, once per app), which is no part of a package.
 *
 * @type {import('vite').Plugin}
 */
const plainImport = {
  name: 'plain-import',
  enforce: 'pre',
  load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load()' : null),
}

/**
 * @param {string} file the entry, below the project
 * @param {string[]} [external] packages that are counted elsewhere
 * @returns {Promise<EntrySize>}
 */
export async function measureEntry(file, external = []) {
  const result = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    // Vite sets no condition of its own here: what production resolves to is measured, never `development`.
    plugins: [plainImport, ...(file.includes('components') ? [svelte({ configFile: false })] : [])],
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      rollupOptions: {
        input: ROOT + file,
        // An app's bundler puts what the chunks share with the entry into it.
        preserveEntrySignatures: 'allow-extension',
        external: (id) => external.some((name) => id === name || id.startsWith(`${name}/`)),
        output: { format: 'es' },
      },
    },
  })
  const [{ output } = { output: [] }] = /** @type {{ output: any[] }[]} */ ([result].flat())
  const chunks = new Map(
    output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  )
  const eager = loadedWith(chunks, [...chunks.values()].find(({ isEntry }) => isEntry)?.fileName)
  const bytes = (/** @type {Iterable<string>} */ names) =>
    [...names].reduce((sum, name) => sum + gzipSync(chunks.get(name).code, { level: 9 }).length, 0)
  const lazy = [...chunks.values()]
    .filter(({ isDynamicEntry }) => isDynamicEntry)
    .map(({ fileName, facadeModuleId }) => {
      const more = [...loadedWith(chunks, fileName)].filter((name) => !eager.has(name))
      return [basename(facadeModuleId, '.js'), bytes(more)]
    })
  return {
    eager: bytes(eager),
    lazy: Object.fromEntries(lazy),
    eagerModules: [...eager].flatMap((name) => Object.keys(chunks.get(name).modules)),
  }
}

/** A chunk and all that it imports statically. @param {Map<string, any>} chunks @param {string} name */
function loadedWith(chunks, name, found = new Set()) {
  if (found.has(name) || !chunks.has(name)) return found
  found.add(name)
  for (const next of chunks.get(name).imports) loadedWith(chunks, next, found)
  return found
}
