// Prints how many required cases the last test run proved, by group, and fails below the recorded floor.
// node scripts/case-coverage.js [--record]
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = new URL('../', import.meta.url)
const FLOOR = new URL('cases/floor.json', ROOT)
const PROVED = new URL('.cache/cases/', ROOT)

/** @typedef {{ id: string, group: string, side: string }} RequiredCase */
/** @typedef {Record<string, number>} Counts by group */

/** @param {URL} url @returns {any} */
const readJson = (url) => JSON.parse(readFileSync(url, 'utf8'))

/**
 * The ids that the projects of the last run proved.
 *
 * @param {(file: string) => boolean} isWanted
 * @returns {Set<string>}
 */
function readProved(isWanted) {
  const files = existsSync(PROVED) ? readdirSync(PROVED).filter(isWanted) : []
  return new Set(files.flatMap((file) => readJson(new URL(file, PROVED))))
}

/** @param {RequiredCase[]} cases @returns {Counts} */
export function countByGroup(cases) {
  /** @type {Counts} */
  const counts = {}
  for (const { group } of cases) counts[group] = (counts[group] ?? 0) + 1
  return counts
}

/** The groups that prove less than they once did. @param {Counts} floor @param {Counts} covered */
export function findFallen(floor, covered) {
  return Object.keys(floor).filter((group) => (covered[group] ?? 0) < (floor[group] ?? 0))
}

/** What was once reached stays asked for. @param {Counts} floor @param {Counts} covered @returns {Counts} */
export function raise(floor, covered) {
  const groups = [...new Set([...Object.keys(floor), ...Object.keys(covered)])]
  return Object.fromEntries(groups.map((group) => [group, Math.max(floor[group] ?? 0, covered[group] ?? 0)]))
}

/** @param {RequiredCase[]} cases @param {Set<string>} proved */
function printCoverage(cases, proved) {
  for (const side of ['client', 'server']) {
    const listed = cases.filter((entry) => entry.side === side)
    const covered = listed.filter(({ id }) => proved.has(id))
    const [totals, counts] = [countByGroup(listed), countByGroup(covered)]
    const groups = Object.entries(totals).map(([group, total]) => `${group} ${counts[group] ?? 0}/${total}`)
    console.log(`${side} cases ${covered.length} / ${listed.length}   ${groups.join('  ')}`)
  }
}

function main() {
  const notApplicable = Object.keys(readJson(new URL('cases/cases-not-applicable.json', ROOT)))
  /** @type {RequiredCase[]} */
  const listed = readJson(new URL('cases/cases.json', ROOT))
  const cases = listed.filter(({ id }) => !notApplicable.includes(id))
  const hasBrowser = existsSync(new URL('browser.json', PROVED))
  const proved = readProved(() => true)
  // Without a browser the unit tests alone are held to what they once proved.
  const byUnitTests = readProved((file) => file !== 'browser.json')
  const covered = {
    unit: countByGroup(cases.filter(({ id }) => byUnitTests.has(id))),
    ...(hasBrowser && { all: countByGroup(cases.filter(({ id }) => proved.has(id))) }),
  }
  printCoverage(cases, proved)
  console.log(`not applicable to Spatio: ${notApplicable.join(' ')}`)

  /** @type {Record<string, Counts>} */
  const floor = readJson(FLOOR)
  if (process.argv.includes('--record')) {
    const raised = Object.entries(covered).map(([scope, counts]) => [
      scope,
      raise(floor[scope] ?? {}, counts),
    ])
    writeFileSync(FLOOR, `${JSON.stringify({ ...floor, ...Object.fromEntries(raised) }, null, 2)}\n`)
    return
  }
  for (const [scope, counts] of Object.entries(covered)) {
    for (const group of findFallen(floor[scope] ?? {}, counts)) {
      console.error(
        `${group} (${scope}): ${counts[group] ?? 0} cases, fewer than the ${floor[scope]?.[group]} once covered`,
      )
      process.exitCode = 1
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
