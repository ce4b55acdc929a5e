// npm run size: what each entry of each package weighs, whether that keeps to its budget, and whether the README
// says the same. Build first.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ROOT } from './install.js'
import { measureEntry } from './measure-entry.js'
import { BUDGETS, findSizeProblems } from './size-budgets.js'
import { findFigureProblems } from './size-figures.js'

/** @typedef {{ name: string, file: string, external: string[] }} Entry */

/** The entries that an app's page may load, of every package that is published. @returns {Entry[]} */
export function listEntries() {
  return readdirSync(`${ROOT}packages`).flatMap((folder) => {
    const path = `${ROOT}packages/${folder}/package.json`
    if (!existsSync(path)) return []
    const {
      name,
      private: isPrivate,
      exports = {},
      bin,
      peerDependencies = {},
    } = JSON.parse(readFileSync(path, 'utf8'))
    if (isPrivate === true || bin !== undefined) return []
    // The core is shared by all that an app loads, and counted once.
    const external = ['@spatio-labs/auth', name, ...Object.keys(peerDependencies)]
    return Object.entries(exports).flatMap(([entry, target]) => {
      if (typeof target !== 'object' || target === null || !('default' in target)) return []
      const file = `packages/${folder}/${String(target.default).slice(2)}`
      return [{ name: name + entry.slice(1), file, external }]
    })
  })
}

async function main() {
  /** @type {string[]} */
  const problems = []
  /** @type {Record<string, number>} */
  const measured = {}
  for (const { name, file, external } of listEntries()) {
    const size = await measureEntry(file, external)
    const budget = BUDGETS[name]
    const part = (/** @type {number} */ bytes, /** @type {number | undefined} */ most) =>
      `${String(bytes).padStart(6)} B${most === undefined ? '' : ` of ${most}`}`.padEnd(18)
    console.log(`${name.padEnd(36)} ${part(size.eager, budget?.eager)}`.trimEnd())
    for (const [file, bytes] of Object.entries(size.lazy))
      console.log(`  ${`and by import(): ${file}`.padEnd(34)} ${part(bytes, budget?.lazy?.[file])}`.trimEnd())
    problems.push(...findSizeProblems(name, size))
    if (budget === undefined) continue
    measured[name] = size.eager
    for (const file of Object.keys(budget.lazy ?? {})) measured[`${name} + ${file}`] = size.lazy[file] ?? 0
  }
  problems.push(...findFigureProblems(readFileSync(`${ROOT}README.md`, 'utf8'), measured))
  for (const problem of problems) console.error(`✗ ${problem}`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
