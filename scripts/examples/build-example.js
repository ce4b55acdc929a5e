import { spawn } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from '../install.js'

/** What a run before it, or an editor, may have left in an example's folder. */
const NOT_COPIED = ['node_modules', 'dist', 'build', '.next', '.nuxt', '.output', '.svelte-kit', '.env']
/** Milliseconds after which an installation or a build counts as hanging. */
const COMMAND_LIMIT = 300_000

/** @param {string} name @param {string} folder where it goes */
export function copyExample(name, folder) {
  cpSync(`${ROOT}examples/${name}`, folder, {
    recursive: true,
    filter: (path) => !NOT_COPIED.includes(basename(path)),
  })
}

/**
 * Installs an app from the tarballs instead of the registry.
 *
 * @param {string} folder of the app
 * @param {{ name: string, tarball: string }[]} packed
 */
export async function installExample(folder, packed) {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  writeFileSync(`${folder}/package.json`, JSON.stringify(useTarballs(manifest, packed), null, 2))
  // A setting of the developer's machine, such as omitting dev dependencies, is not the example's; nor is the
  // strictness of this project, which npm hands on to the commands that it runs.
  const machine = ['--include=dev', '--engine-strict=false']
  const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--no-save', ...machine]
  await run('npm', ['install', ...flags], folder, process.env)
}

/** @param {string} folder @param {Record<string, string>} env what the app is told at build time */
export async function buildExample(folder, env) {
  await run('npm', ['run', 'build'], folder, { ...process.env, ...env, NODE_ENV: 'production' })
  // Where the build does not look at types, as in Vite's template for Svelte.
  await run('npm', ['run', 'check', '--if-present'], folder, process.env)
}

/**
 * The manifest with our packages from the tarballs, also where another of them asks for one.
 *
 * @param {{ dependencies: Record<string, string> }} manifest
 * @param {{ name: string, tarball: string }[]} packed
 */
export function useTarballs(manifest, packed) {
  const overrides = Object.fromEntries(packed.map(({ name, tarball }) => [name, pathToFileURL(tarball).href]))
  const dependencies = Object.entries(manifest.dependencies).map(([name, wanted]) => {
    return [name, overrides[name] ?? wanted]
  })
  return { ...manifest, dependencies: Object.fromEntries(dependencies), overrides }
}

/**
 * @param {string} command @param {string[]} args @param {string} cwd @param {NodeJS.ProcessEnv} env
 * @returns {Promise<void>}
 * @throws {Error} with all that was printed
 */
export function run(command, args, cwd, env) {
  return new Promise((resolve, reject) => {
    // npm is a .cmd on Windows, which only a shell starts.
    const shell = process.platform === 'win32'
    const child = spawn(command, args, { cwd, env, shell, timeout: COMMAND_LIMIT })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) return resolve()
      reject(new Error(`${command} ${args.join(' ')} ended with ${status ?? 'a time-out'}:\n${output}`))
    })
  })
}
