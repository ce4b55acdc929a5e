// Compares the public surface of every entry with its reviewed file in `api`; --write renews the files. Build first.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { listApiEntries, toApiReports } from './packages/api-report.js'
import { ROOT } from './install.js'
import { PUBLISHED } from './pack-packages.js'

const isWriting = process.argv.includes('--write')

/** @param {string} name of an entry @param {string} folder */
function toPath(name, folder) {
  const [, , ...rest] = name.split('/')
  return `${folder}/api/${rest.length === 0 ? 'index' : rest.join('-')}.api.md`
}

/** @returns {Map<string, string>} what every file should hold */
function createReports() {
  const entries = PUBLISHED.flatMap((folder) => listApiEntries(folder).map((entry) => ({ entry, folder })))
  const reports = toApiReports(entries.map(({ entry }) => entry))
  return new Map(
    entries.map(({ entry, folder }) => [toPath(entry.name, folder), reports.get(entry.name) ?? '']),
  )
}

/** @returns {string[]} */
function listWritten() {
  return PUBLISHED.flatMap((folder) => {
    if (!existsSync(`${ROOT}${folder}/api`)) return []
    return readdirSync(`${ROOT}${folder}/api`).map((name) => `${folder}/api/${name}`)
  })
}

/** The first line in which two texts differ. @param {string} before @param {string} after */
function findDifference(before, after) {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const index = now.findIndex((line, at) => line !== old[at])
  const at = index === -1 ? now.length : index
  return `line ${at + 1}\n  reviewed: ${old[at] ?? '(nothing)'}\n  now:      ${now[at] ?? '(nothing)'}`
}

const reports = createReports()
const gone = listWritten().filter((path) => !reports.has(path))
const changed = [...reports].filter(([path, text]) => {
  return !existsSync(ROOT + path) || readFileSync(ROOT + path, 'utf8') !== text
})
if (isWriting) {
  for (const path of gone) rmSync(ROOT + path)
  for (const folder of PUBLISHED) mkdirSync(`${ROOT}${folder}/api`, { recursive: true })
  for (const [path, text] of changed) writeFileSync(ROOT + path, text)
  console.log(
    `${changed.length + gone.length} of ${reports.size} reports renewed: review them as you review code.`,
  )
} else {
  for (const [path, text] of changed) {
    const before = existsSync(ROOT + path) ? readFileSync(ROOT + path, 'utf8') : ''
    console.error(`✗ ${path}: the public surface changed, ${findDifference(before, text)}`)
  }
  for (const path of gone) console.error(`✗ ${path}: there is no such entry`)
  if (changed.length + gone.length > 0) {
    console.error('When that is meant: npm run api, and review what it writes.')
    process.exitCode = 1
  } else console.log(`✓ the public surface of ${reports.size} entries is as reviewed`)
}
