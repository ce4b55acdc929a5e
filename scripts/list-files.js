import { readdirSync } from 'node:fs'
import { ROOT } from './install.js'

/** What is installed or made, which git ignores, too. */
const LEFT_OUT =
  /(^|\/)(\.git|node_modules|dist|\.cache|\.temp|coverage|\.next|\.nuxt|\.output|\.svelte-kit|reference\/api|parts\/command-help\.md|[^/]*\.tsbuildinfo|[^/]*\.timestamp-[^/]*\.mjs)$/

/**
 * The files below a folder, as sorted paths from the root; without what is installed or made.
 *
 * @param {string} folder '' is the root
 * @param {RegExp} name
 * @returns {string[]}
 */
export function listFiles(folder, name) {
  const entries = readdirSync(ROOT + folder, { withFileTypes: true })
  const paths = entries.flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (LEFT_OUT.test(path)) return []
    if (entry.isDirectory()) return listFiles(path, name)
    return entry.isFile() && name.test(path) ? [path] : []
  })
  return paths.sort()
}
