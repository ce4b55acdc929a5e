import { readdirSync } from 'node:fs'
import { ROOT } from '../install.js'
import { copyExample } from './build-example.js'
import { drivePage, driveRoutes } from './drive-example.js'
import { driveStories } from './drive-stories.js'
import { INIT_TEMPLATES, makeInitApp } from './init-app.js'

/**
 * What an app has to know of its authority.
 *
 * @typedef {{ clientId: string, issuer: string }} Settings
 *
 * @typedef {object} Example
 * @property {string} name
 * @property {(folder: string, settings: Settings) => Promise<Record<string, string>>} prepare writes its files, and tells
 *   what its build is told in the environment
 * @property {string} callback path of its redirect URI
 * @property {(visit: import('./drive-example.js').Visit) => Promise<void>} drive what somebody does there
 * @property {string[]} server what Node is started with once it is built; the port is its own `PORT` where it is not here
 */

const VITE = ['node_modules/vite/bin/vite.js', 'preview', '--host', 'localhost', '--strictPort', '--port']

/** Under which names the frameworks let a page read its settings. */
const PREFIXES = ['VITE_', 'PUBLIC_', 'NEXT_PUBLIC_', 'NUXT_PUBLIC_']

/** What is not as in most examples. @type {Record<string, Partial<Example>>} */
const APART = {
  next: { server: ['node_modules/next/dist/bin/next', 'start', '--hostname', 'localhost', '--port'] },
  nuxt: { server: ['.output/server/index.mjs'] },
}

/**
 * What the first word of a name says; without one of these an example has a guarded `/account`.
 *
 * @type {Record<string, Partial<Example>>}
 */
const KINDS = {
  // A page without a router is its own callback.
  vite: { callback: '/', drive: drivePage },
  init: { callback: '/', drive: drivePage },
  storybook: { drive: driveStories },
}

/** @param {string} name */
const toKind = (name) => name.split('-')[0] ?? ''

/** @param {string} name of a folder of `examples` @returns {Example['prepare']} */
const toCopy = (name) => async (folder, settings) => {
  copyExample(name, folder)
  return toEnvironment(settings)
}

/** @returns {Example[]} every folder of `examples`, and the apps that `spatio-auth init` makes */
export function listExamples() {
  const folders = readdirSync(`${ROOT}examples`, { withFileTypes: true })
  const copied = folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, prepare: toCopy(name) }))
  const made = INIT_TEMPLATES.map((template) => ({
    name: `init-${template}`,
    prepare: (/** @type {string} */ folder, /** @type {Settings} */ settings) =>
      makeInitApp(template, folder, settings),
  }))
  return [...copied, ...made].map(({ name, prepare }) => {
    return {
      ...{ name, prepare, callback: '/callback', drive: driveRoutes, server: VITE },
      ...KINDS[toKind(name)],
      ...APART[name],
    }
  })
}

/** @param {Settings} settings */
function toEnvironment({ clientId, issuer }) {
  return Object.fromEntries(
    PREFIXES.flatMap((prefix) => [
      [`${prefix}SPATIO_CLIENT_ID`, clientId],
      [`${prefix}SPATIO_ISSUER`, issuer],
    ]),
  )
}
