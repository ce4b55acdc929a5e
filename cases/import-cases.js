// Makes cases.json from the requirement lists: node cases/import-cases.js <client.md> <server.md>
import { readFileSync, writeFileSync } from 'node:fs'

const [clientList, serverList] = process.argv.slice(2)
if (clientList === undefined || serverList === undefined) {
  console.error('usage: node cases/import-cases.js <client.md> <server.md>')
  process.exit(1)
}

/** @param {string} name */
const readJson = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
/** @type {Record<string, { outcomes?: unknown[], reason: string }>} */
const overrides = readJson('overrides.json')

/** The cells of every row that names a case. @param {string} file */
function readRows(file) {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines
    .filter((line) => /^\| \d+ \| [A-Z]/.test(line))
    .map((line) =>
      line.split(/(?<!\\) \| /).map((cell) => cell.replace(/^\| /, '').replace(/ \|$/, '').trim()),
    )
}

/** @param {string} text @returns {string[]} */
const codesIn = (text) => [...text.matchAll(/`([a-z_]+)`/g)].map(([, code = '']) => code)

/** What a client case may end in, in the words of the list. @param {string} text */
function toClientOutcomes(text) {
  const outcomes = text
    .split(/ \/ | or |\(or /)
    .flatMap((part, index, parts) => toClientOutcome(part, parts[index - 1]))
  return outcomes.length > 0 ? outcomes : [{ kind: 'stated' }]
}

/** @param {string} part @param {string | undefined} previous */
function toClientOutcome(part, previous) {
  const codes = codesIn(part)
  const word = part.trim()
  // "reject `a` / `b`": the second code is a rejection too.
  if (/^`/.test(word) && previous?.includes('reject')) return codes.map((code) => ({ kind: 'reject', code }))
  if (word.startsWith('accept')) return [{ kind: 'accept' }]
  if (word.startsWith('reject'))
    return codes.length > 0 ? codes.map((code) => ({ kind: 'reject', code })) : [{ kind: 'reject' }]
  if (word.startsWith('keep, `')) return codes.map((code) => ({ kind: 'keep', code }))
  if (word.startsWith('keep, retry')) return [{ kind: 'keep' }, { kind: 'retry' }]
  if (word.startsWith('keep')) return [{ kind: 'keep' }]
  if (word.startsWith('retry then signout')) return [{ kind: 'signout' }]
  if (word.startsWith('retry')) return [{ kind: 'retry' }]
  if (word.startsWith('signout') || word.startsWith('signed out')) {
    const isFamily = word.includes('id_token_*')
    return [
      {
        kind: 'signout',
        ...(codes[0] && { reason: codes[0] }),
        ...(isFamily && { reasonPrefix: 'id_token_' }),
      },
    ]
  }
  return word.startsWith('ignore') ? [{ kind: 'ignore' }] : []
}

/** What a server case may answer: statuses, OAuth errors, or what its test states. @param {string} text */
function toServerOutcomes(text) {
  const answers = text.split(/ \/ |, one /).flatMap((part) => {
    const statuses = [...part.matchAll(/\b([1-5]\d\d)\b/g)].map(([, status]) => Number(status))
    const errors = codesIn(part)
    if (statuses.length === 0 && errors.length === 0) return []
    return [
      { kind: 'answer', ...(statuses.length > 0 && { statuses }), ...(errors.length > 0 && { errors }) },
    ]
  })
  return answers.length > 0 ? answers : [{ kind: 'stated' }]
}

/** @param {'client' | 'server'} side @param {string[]} row */
function toCase(side, row) {
  const [, name = '', priority, title] = row
  const [id = '', slug = ''] = name.replaceAll('`', '').split(' ')
  const listed = side === 'client' ? (row[6] ?? '') : (row[5] ?? '')
  const outcomes = side === 'client' ? toClientOutcomes(listed) : toServerOutcomes(listed)
  const override = overrides[id]
  const group = id.replace(/-\d+$/, '')
  return {
    id,
    side,
    group,
    priority,
    slug,
    title,
    listed,
    outcomes: override?.outcomes ?? outcomes,
    ...(override && { override: override.reason }),
  }
}

const cases = [
  ...readRows(clientList).map((row) => toCase('client', row)),
  ...readRows(serverList).map((row) => toCase('server', row)),
]
writeFileSync(new URL('cases.json', import.meta.url), `${JSON.stringify(cases, null, 1)}\n`)
console.log(`${cases.length} cases`)
