import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * What is known of a step that passed.
 *
 * @typedef {object} Passed
 * @property {string} fingerprint of all it depends on
 * @property {string} made of its outputs
 * @property {number} seconds it took
 */

/** Say how the other files are read, those of neighbours, too: every step depends on them. */
const ALWAYS_READ = /(^|\/)(package|tsconfig[^/]*)\.json$/

/**
 * Remembers which steps passed, on what, and what they made. Only the last pass of a step is kept.
 *
 * @param {object} place
 * @param {string} place.root ends with a slash
 * @param {string} place.folder where it is kept
 * @param {string} place.machine all that a step depends on and that is no file of the repository
 * @param {() => string[]} place.listSources the files of the repository, as paths from the root
 */
export function createStepMemory({ root, folder, machine, listSources }) {
  const folderOf = (/** @type {Step} */ { name }) => join(folder, name.replaceAll(/\W+/g, '-'))

  /** @param {Step} step @param {string[]} given what the steps before it have made */
  const fingerprint = (step, given) => {
    const { tool, args, env, version, ignores } = step
    const hash = createHash('sha256').update(JSON.stringify([machine, tool, args, env, version, given]))
    for (const path of listSources()) {
      if (ignores?.test(path) === true && !ALWAYS_READ.test(path)) continue
      hash.update(`${path}\0${hashFile(root + path)}\n`)
    }
    return hash.digest('hex')
  }

  /** What it has made. @param {Step} step */
  const hashOutputs = ({ outputs }) => hashTrees(root, outputs)

  /**
   * The last pass of the step, if that was on the same; its outputs are then as they were.
   *
   * @param {Step} step @param {string} wanted @returns {Passed | undefined}
   */
  const recall = (step, wanted) => {
    const passed = readPassed(join(folderOf(step), 'passed.json'))
    if (passed?.fingerprint !== wanted) return undefined
    const kept = `${folderOf(step)}/`
    if (hashTrees(kept, step.outputs) !== passed.made) return undefined
    // What is as it was stays where it is: a demo that runs meanwhile reads it.
    const isOther = (/** @type {string} */ path) => hashTrees(kept, [path]) !== hashTrees(root, [path])
    copyTrees(kept, root, step.outputs.filter(isOther))
    return passed
  }

  /** Before it runs: should it not pass, nothing says it did. @param {Step} step */
  const forget = (step) => {
    for (const path of [folderOf(step), ...step.outputs.map((output) => root + output)]) {
      rmSync(path, { recursive: true, force: true })
    }
  }

  /** @param {Step} step @param {Passed} passed */
  const keep = (step, passed) => {
    copyTrees(root, `${folderOf(step)}/`, step.outputs)
    // Last, so that what was not written to its end counts for nothing.
    writeFileSync(join(folderOf(step), 'passed.json'), JSON.stringify(passed))
  }

  return { fingerprint, hashOutputs, recall, forget, keep }
}

/** @typedef {import('./test-steps.js').Step} Step */
/** @typedef {ReturnType<typeof createStepMemory>} StepMemory */

/** @param {string} path @returns {Passed | undefined} */
function readPassed(path) {
  try {
    const { fingerprint, made, seconds } = JSON.parse(readFileSync(path, 'utf8'))
    return { fingerprint: String(fingerprint), made: String(made), seconds: Number(seconds) }
  } catch {
    // None, or half a one: the step runs.
    return undefined
  }
}

/** @param {string} path */
function hashFile(path) {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    // Gone since it was listed.
    return 'none'
  }
}

/** @param {string} root @param {string[]} paths of files and folders below it, which need not be there */
function hashTrees(root, paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const name of listTree(root + path)) {
      hash.update(`${path}/${name}\0${hashFile(join(root + path, name))}\n`)
    }
  }
  return hash.digest('hex')
}

/** The files of a folder, or '' for a file. @param {string} path @returns {string[]} */
function listTree(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return ['']
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => statSync(join(path, name)).isFile()).sort()
}

/** @param {string} from @param {string} to @param {string[]} paths */
function copyTrees(from, to, paths) {
  mkdirSync(to, { recursive: true })
  for (const path of paths) {
    rmSync(to + path, { recursive: true, force: true })
    if (!existsSync(from + path)) continue
    mkdirSync(dirname(to + path), { recursive: true })
    // tsc compares times.
    cpSync(from + path, to + path, { recursive: true, preserveTimestamps: true })
  }
}
