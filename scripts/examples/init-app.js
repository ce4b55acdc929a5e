import { cpSync, renameSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { ROOT } from '../install.js'
import { run } from './build-example.js'

/** Of create-vite: one for each framework that `spatio-auth init` knows. */
export const INIT_TEMPLATES = ['react-ts', 'vue-ts', 'svelte-ts', 'vanilla-ts']

/**
 * A fresh app of Vite, to which `spatio-auth init` adds sign-in.
 *
 * @param {string} template
 * @param {string} folder where it goes
 * @param {import('./example-list.js').Settings} settings that end up in its env file
 * @returns {Promise<Record<string, string>>} nothing that the build has to be told beside that
 */
export async function makeInitApp(template, folder, { clientId, issuer }) {
  // A dependency of the package whose tests use it too.
  const resolve = createRequire(`${ROOT}packages/cli/package.json`).resolve
  cpSync(`${dirname(resolve('create-vite/package.json'))}/template-${template}`, folder, { recursive: true })
  renameSync(`${folder}/_gitignore`, `${folder}/.gitignore`)
  const flags = ['--client-id', clientId, '--issuer', issuer, '--yes', '--no-install']
  await run(process.execPath, [`${ROOT}packages/cli/dist/cli.js`, 'init', ...flags], folder, process.env)
  return {}
}
