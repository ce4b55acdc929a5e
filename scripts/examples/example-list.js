import { readdirSync } from 'node:fs'
import { ROOT } from '../install.js'
import { drivePage, driveRoutes } from './drive-example.js'
import { driveStories } from './drive-stories.js'

/**
 * @typedef {object} Example
 * @property {string} name of its folder below `examples`
 * @property {string} callback path of its redirect URI
 * @property {(visit: import('./drive-example.js').Visit) => Promise<void>} drive what somebody does there
 * @property {string[]} server what Node is started with once it is built; the port is its own `PORT` where it is not here
 */

const VITE = ['node_modules/vite/bin/vite.js', 'preview', '--host', 'localhost', '--strictPort', '--port']

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
  storybook: { drive: driveStories },
}

/** @param {string} name */
const toKind = (name) => name.split('-')[0] ?? ''

/** @returns {Example[]} every folder of `examples` */
export function listExamples() {
  const folders = readdirSync(`${ROOT}examples`, { withFileTypes: true })
  return folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      return {
        name,
        callback: '/callback',
        drive: driveRoutes,
        server: VITE,
        ...KINDS[toKind(name)],
        ...APART[name],
      }
    })
}
