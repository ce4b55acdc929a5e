import { faults } from '../faults/catalogue.js'
import { toFaultDocs } from '../faults/fault-docs.js'
import { MockServerError } from '../mock-server-error.js'
import { scenarios } from '../scenarios/start-scenario.js'
import type { Command } from './cli-output.js'

const help = `spatio-mock-server faults: lists every fault and scenario by name.

  --json       the catalogue as JSON
  --markdown   the catalogue as the page docs/faults.md
  -h, --help   this text
`

/** `spatio-mock-server faults`: the catalogue. */
export const faultsCommand: Command = {
  help,
  run: ([format = '--text', ...rest], output) => {
    const text = formats.get(format)
    if (!text || rest.length > 0) {
      return Promise.reject(new MockServerError('invalid_option', 'faults takes --json or --markdown'))
    }
    output.out(text())
    return Promise.resolve({ exitCode: 0 })
  },
}

const formats: ReadonlyMap<string, () => string> = new Map([
  ['--json', () => `${JSON.stringify({ faults, scenarios }, null, 2)}\n`],
  ['--markdown', () => toFaultDocs(faults, scenarios)],
  ['--text', () => toText()],
])

function toText(): string {
  const all = [...faults, ...scenarios]
  const width = Math.max(...all.map(({ name }) => name.length))
  return all
    .map(({ name, expect, summary }) => `${name.padEnd(width)}  ${expect.padEnd(12)}  ${summary}\n`)
    .join('')
}
