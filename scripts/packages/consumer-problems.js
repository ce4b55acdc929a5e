import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import ts from 'typescript'

/** Svelte components: they need the app's compiler. */
const NOT_FOR_NODE = ['@spatio-labs/auth-svelte/components']

/** How apps find modules today. @type {Record<string, ts.CompilerOptions>} */
const RESOLUTIONS = {
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
}

/**
 * Imports every entry on Node, where there is no window, and makes a client.
 *
 * @param {string} folder of the app
 * @param {string[]} entries
 * @returns {string[]} what is wrong
 */
export function findImportProblems(folder, entries) {
  const wanted = entries.filter((entry) => !NOT_FOR_NODE.includes(entry))
  const code = `
    if ('window' in globalThis || 'document' in globalThis) throw new Error('this is no server')
    for (const entry of ${JSON.stringify(wanted)}) {
      await import(entry).catch((error) => console.error(entry + ' on Node: ' + error))
    }
    const { createSpatioAuth } = await import('@spatio-labs/auth')
    const { status } = createSpatioAuth({ clientId: 'app_123' }).getSnapshot()
    if (status !== 'loading') console.error('a client on Node is ' + status)`
  const args = ['--input-type=module', '--eval', code]
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  if (status === 0 && stderr === '') return []
  return stderr.trim().split('\n')
}

/**
 * Runs every command for its help.
 *
 * @param {string} folder of the app
 * @param {Record<string, import('./open-consumer.js').Manifest>} manifests by name
 * @returns {string[]} what is wrong
 */
export function findCommandProblems(folder, manifests) {
  const scripts = Object.entries(manifests).flatMap(([name, { bin = {} }]) => {
    return Object.entries(bin).map(([command, path]) => ({
      command,
      file: `${folder}/node_modules/${name}/${path}`,
    }))
  })
  return scripts.flatMap(({ command, file }) => {
    // One of them starts another, which it has to find.
    const calls = command === 'spatio-auth' ? [['--help'], ['mock', '--help']] : [['--help']]
    return calls.flatMap((args) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { encoding: 'utf8' })
      const isFine = status === 0 && stdout.includes('--help')
      return isFine ? [] : [`${command} ${args.join(' ')} ended with ${status}: ${stderr || stdout}`]
    })
  })
}

/**
 * Compiles an app that imports every entry, our declarations included.
 *
 * @param {string} folder of the app
 * @param {string[]} entries
 * @returns {string[]} what is wrong
 */
export function findTypeProblems(folder, entries) {
  const file = `${folder}/app.ts`
  const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}'`)
  const used = entries.map((_, index) => `entry${index}`)
  // A name that no entry has must be an error, or the imports had no types.
  const wrong = used.map((name) => `// @ts-expect-error\n${name}.thereIsNoSuchExport`)
  writeFileSync(file, [...imports, ...wrong, ''].join('\n'))
  return Object.entries(RESOLUTIONS).flatMap(([name, resolution]) => {
    return compile(file, resolution).map((problem) => `with moduleResolution ${name}: ${problem}`)
  })
}

/** @param {string} file @param {ts.CompilerOptions} resolution */
function compile(file, resolution) {
  const lib = ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts']
  const target = ts.ScriptTarget.ES2022
  const options = { ...resolution, target, lib, strict: true, noEmit: true, types: [], skipLibCheck: false }
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([file], options))
  const own = diagnostics.filter(({ file: place }) => {
    // What others declare is theirs to mend; pnpm keeps them outside of the app's folder.
    return place === undefined || place.fileName === file || place.fileName.includes('/@spatio-labs/')
  })
  return own.map(({ file: place, messageText }) => {
    return `${place?.fileName ?? 'the app'}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}
