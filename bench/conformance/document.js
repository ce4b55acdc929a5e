// docs/conformance.md, from what the trials found.
import { describeMachine, readVersion, writeDocument } from '../document.js'
import { leftOut, sections } from './rows.js'
import { sdks } from './sdks.js'

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {Map<string, import('./trial.js').Cell>} Cells */

/** @param {Cells} cells @param {number} seconds how long the run took */
export async function writeConformance(cells, seconds) {
  const text = `# Our SDK and others in Chromium

Made by \`npm run conformance\`; do not edit. ${describeMachine()}, ${cells.size} sign-ins in ${seconds} s.

Each cell is one sign-in by redirect, in a browser profile of its own, at an authority that is wrong in exactly the one thing the row says. **accepts**: the SDK reports a signed-in user. **refuses**: nobody is signed in, whatever the app is told. **hangs**: neither within 40 s. **n/a**: the SDK never asked for what was wrong; one that verifies no signature asks for no keys, one with fixed paths for no metadata. What departs from the expectation is bold.

A client that accepts a wrong signature may do so by the letter: an id_token that came from the token endpoint by TLS need not be verified (OIDC Core 3.1.3.7 (6)). Spatio is not the authority that some of these SDKs were written for; the table says what they do here, not at their own.

${toTotals(cells)}

${sections.map((section) => toSection(section, cells)).join('\n\n')}

## How each is set up

By its own README, with \`openid profile email\` and nothing else unless the row says so.

${sdks.map(({ packageName, setUp }) => `- ${readVersion(packageName)}: ${setUp}.`).join('\n')}

## What is in no row

Faults of which the catalogue says that either reaction is right, and:

${leftOut.map(([pattern, why]) => `- \`${pattern.source}\` ${why}.`).join('\n')}
`
  await writeDocument('conformance.md', text)
}

/** How many rows each SDK got right, and what it did in the others. @param {Cells} cells */
function toTotals(cells) {
  const all = sections.flatMap(({ rows }) => rows)
  const lines = sdks.map(({ id, packageName }) => {
    /** @param {'accepts' | 'refuses'} wanted @param {string} outcome */
    const count = (wanted, outcome) =>
      all.filter((row) => row.wanted === wanted && cells.get(`${row.name} ${id}`)?.outcome === outcome).length
    const columns = [
      count('refuses', 'refuses'),
      count('refuses', 'accepts'),
      count('refuses', 'hangs'),
      count('refuses', 'not reached'),
      count('accepts', 'accepts'),
      count('accepts', 'refuses') + count('accepts', 'hangs'),
      count('accepts', 'not reached'),
    ]
    return `| \`${packageName}\` | ${columns.join(' | ')} |`
  })
  return [
    `## Totals`,
    '',
    '| SDK | wrong: refused | accepted | hangs | n/a | right: accepted | refused or hangs | n/a |',
    '| --- | --: | --: | --: | --: | --: | --: | --: |',
    ...lines,
  ].join('\n')
}

/** @param {typeof sections[number]} section @param {Cells} cells */
function toSection({ title, rows }, cells) {
  const names = sdks.map(({ packageName }) => packageName)
  const lines = rows.map((row) => {
    const found = sdks.map(({ id }) => toCell(row, cells.get(`${row.name} ${id}`)))
    return `| \`${row.name}\` | ${[row.summary, ...found].join(' | ')} |`
  })
  return [
    `## ${title}`,
    '',
    `| fault | what is ${title.startsWith('What') ? 'special' : 'wrong'} | ${names.join(' | ')} |`,
    `${'| --- '.repeat(names.length + 2)}|`,
    ...lines,
  ].join('\n')
}

/** @param {Row} row @param {import('./trial.js').Cell | undefined} cell */
function toCell({ wanted }, cell) {
  if (cell === undefined || cell.outcome === 'not reached') return 'n/a'
  return cell.outcome === wanted ? cell.outcome : `**${cell.outcome}**`
}
