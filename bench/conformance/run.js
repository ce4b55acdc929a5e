// npm run conformance: our SDK and five others in Chromium under every fault of a sign-in, into docs/conformance.md.
// With --only=<part of a name> or --sdk=<id> it prints what it finds, with reasons, and writes nothing.
// Fails when ours is wrong anywhere.
import { parseArgs } from 'node:util'
import { writeConformance } from './document.js'
import { sections } from './rows.js'
import { runTrials } from './run-trials.js'
import { sdks } from './sdks.js'

const { values } = parseArgs({ options: { only: { type: 'string' }, sdk: { type: 'string' } } })
const isWhole = values.only === undefined && values.sdk === undefined
const rows = sections
  .flatMap((section) => section.rows)
  .filter(({ name }) => name.includes(values.only ?? ''))
const chosen = sdks.filter(({ id }) => (values.sdk ?? id) === id)
const startedAt = performance.now()

/** @type {import('./document.js').Cells} */
const cells = new Map()
const [ours] = sdks
await runTrials(rows, chosen, (row, sdk, cell) => {
  cells.set(`${row.name} ${sdk.id}`, cell)
  const isAsWanted = cell.outcome === row.wanted || cell.outcome === 'not reached'
  if (sdk === ours && !isAsWanted) process.exitCode = 1
  if (isWhole && isAsWanted) return
  console.log(`${isAsWanted ? ' ' : '!'} ${row.name} | ${sdk.id} | ${cell.outcome} | ${cell.detail}`)
})
const seconds = Math.round((performance.now() - startedAt) / 1000)
if (isWhole) await writeConformance(cells, seconds)
console.log(`${cells.size} sign-ins in ${seconds} s`)
