// What every page of results has in common.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'

/** The day and the machine. */
export function describeMachine() {
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB`
  const processor = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`
  return `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${processor}, ${memory}`
}

/** As it is installed. @param {string} name */
export function readVersion(name) {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url)
  return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`
}

/** @param {readonly number[]} values */
export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows all but the first column are numbers */
export function toTable(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '--:'))), ...rows.map(line)].join(
    '\n',
  )
}

/** @param {boolean} isMet */
export function verdict(isMet) {
  return isMet ? 'met' : '**missed**'
}

/** @param {string} name of the file in docs @param {string} text */
export async function writeDocument(name, text) {
  const file = fileURLToPath(new URL(`../docs/${name}`, import.meta.url))
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }))
  console.log(`Written: docs/${name}`)
}
