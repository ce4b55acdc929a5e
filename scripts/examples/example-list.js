import { readdirSync } from 'node:fs'
import { ROOT } from '../install.js'

/**
 * @typedef {object} Example
 * @property {string} name of its folder below `examples`
 * @property {string} callback path of its redirect URI
 * @property {boolean} hasRoutes whether it has a guarded `/account` beside its public page
 * @property {string[]} server what Node is started with once it is built; the port is its own `PORT` where it is not here
 */

const VITE = ['node_modules/vite/bin/vite.js', 'preview', '--host', 'localhost', '--strictPort', '--port']

/** What is not as in most examples. @type {Record<string, Partial<Example>>} */
const APART = {
  next: { server: ['node_modules/next/dist/bin/next', 'start', '--hostname', 'localhost', '--port'] },
  nuxt: { server: ['.output/server/index.mjs'] },
}

/** @returns {Example[]} every folder of `examples` */
export function listExamples() {
  const folders = readdirSync(`${ROOT}examples`, { withFileTypes: true })
  return folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      // Only a page without a router is its own callback.
      const hasRoutes = !name.startsWith('vite-')
      return { name, callback: hasRoutes ? '/callback' : '/', hasRoutes, server: VITE, ...APART[name] }
    })
}
