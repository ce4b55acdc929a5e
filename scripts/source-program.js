// The packages' sources as a program of the TypeScript compiler.
import { readdirSync } from 'node:fs'
import ts from 'typescript'
import { ROOT } from './install.js'

/** The sources of every package, with their types. */
export function openSources() {
  const sources = readdirSync(`${ROOT}packages`).flatMap((name) => {
    const folder = `${ROOT}packages/${name}/src`
    if (!ts.sys.directoryExists(folder)) return []
    return ts.sys.readDirectory(folder, ['.ts', '.tsx'], ['**/*.d.ts'])
  })
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.base.json`, ts.sys.readFile.bind(ts.sys))
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  return ts.createProgram(sources, { ...options, noEmit: true, composite: false, jsx: ts.JsxEmit.ReactJSX })
}

/** A node and all below it. @param {ts.Node} root @returns {ts.Node[]} */
export function descendants(root) {
  /** @type {ts.Node[]} */
  const found = []
  const visit = (/** @type {ts.Node} */ node) => {
    found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return found
}
