import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const LEFT_OUT = /(^|\/)(node_modules|dist|\.cache|reference\/api)$/

/**
 * The files below a folder, as paths from the root; without what is installed or made.
 *
 * @param {string} folder
 * @param {RegExp} name
 * @returns {string[]}
 */
export function listFiles(folder, name) {
  if (LEFT_OUT.test(folder)) return []
  return readdirSync(ROOT + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return listFiles(path, name)
    return name.test(path) ? [path] : []
  })
}
