// Prints how many required cases the last test run proved, by group, and fails below the recorded floor.
// node scripts/case-coverage.js [--record]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const ROOT = new URL('../', import.meta.url)
const FLOOR = new URL('cases/floor.json', ROOT)
const PROVED = new URL('.cache/cases/', ROOT)

/** @typedef {{ id: string, group: string, side: string }} RequiredCase */

/** @param {URL} url @returns {any} */
const readJson = (url) => JSON.parse(readFileSync(url, 'utf8'))

/** @type {RequiredCase[]} */
const cases = readJson(new URL('cases/cases.json', ROOT))
const notApplicable = new Set(Object.keys(readJson(new URL('cases/cases-not-applicable.json', ROOT))))

/** The ids that passed, over every project of the last run. @returns {Set<string>} */
function readProved() {
  return new Set(readdirSync(PROVED).flatMap((file) => readJson(new URL(file, PROVED))))
}

/** @param {Set<string>} proved */
function countByGroup(proved) {
  /** @type {Map<string, { side: string, covered: number, total: number }>} */
  const groups = new Map()
  for (const { id, group, side } of cases.filter((entry) => !notApplicable.has(entry.id))) {
    const count = groups.get(group) ?? { side, covered: 0, total: 0 }
    groups.set(group, { side, covered: count.covered + Number(proved.has(id)), total: count.total + 1 })
  }
  return groups
}

const groups = countByGroup(readProved())
for (const side of ['client', 'server']) {
  const rows = [...groups].filter(([, count]) => count.side === side)
  const covered = rows.reduce((sum, [, count]) => sum + count.covered, 0)
  const total = rows.reduce((sum, [, count]) => sum + count.total, 0)
  const list = rows.map(([group, count]) => `${group} ${count.covered}/${count.total}`).join('  ')
  console.log(`${side} cases ${covered} / ${total}   ${list}`)
}
console.log(`not applicable to Spatio: ${[...notApplicable].join(' ')}`)

if (process.argv.includes('--record')) {
  const floor = Object.fromEntries([...groups].map(([group, { covered }]) => [group, covered]))
  writeFileSync(FLOOR, `${JSON.stringify(floor, null, 2)}\n`)
} else {
  const fallen = Object.entries(readJson(FLOOR)).filter(
    ([group, floor]) => (groups.get(group)?.covered ?? 0) < Number(floor),
  )
  for (const [group, floor] of fallen)
    console.error(`${group}: fewer than the ${floor} cases it once covered`)
  process.exitCode = fallen.length > 0 ? 1 : 0
}
