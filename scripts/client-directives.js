// Checks the built React binding: every emitted file starts with 'use client', the plain entry does not. Build first.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ROOT } from './install.js'

const DIST = `${ROOT}packages/react/dist/`
/** A server module imports it to call createSpatioAuth. */
const PLAIN_ENTRY = 'index.js'
/** A directive counts only before every statement, so nothing but its own line may come first. */
const STARTS_WITH_DIRECTIVE = /^(['"])use client\1/
const HOLDS_DIRECTIVE = /^\s*(['"])use client\1/m

/**
 * What is wrong with the emitted files; empty when nothing is.
 *
 * @param {Readonly<Record<string, string>>} files their names, below `dist`, and texts
 * @returns {string[]}
 */
export function findDirectiveProblems(files) {
  if (files[PLAIN_ENTRY] === undefined) return [`${PLAIN_ENTRY} is missing: build the packages first`]
  return Object.entries(files).flatMap(([name, text]) => {
    if (name === PLAIN_ENTRY) {
      return HOLDS_DIRECTIVE.test(text) ? [`${name} has 'use client': no server module could call it`] : []
    }
    return STARTS_WITH_DIRECTIVE.test(text) ? [] : [`${name} does not start with 'use client'`]
  })
}

/** @returns {Record<string, string>} */
function readEmittedFiles() {
  if (!existsSync(DIST)) return {}
  const names = readdirSync(DIST, { recursive: true }).map(String)
  const emitted = names.filter((name) => /\.[cm]?js$/.test(name))
  return Object.fromEntries(emitted.map((name) => [name, readFileSync(DIST + name, 'utf8')]))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = readEmittedFiles()
  const problems = findDirectiveProblems(files)
  for (const problem of problems) console.error(`✗ packages/react/dist: ${problem}`)
  if (problems.length === 0)
    console.log(`✓ packages/react/dist: ${Object.keys(files).length} files, as they should start`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
