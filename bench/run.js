// npm run bench: our packages beside others, into docs/benchmarks.md. With names of parts, only these are measured
// again and the rest of the page stays.
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { launchChromium } from '../storm/kit/launch-chromium.js'
import { describeBindings } from './bindings/report.js'
import { describeMachine, writeDocument } from './document.js'
import { describeLoad } from './load/report.js'
import { describeMock } from './mock/report.js'
import { describeTabs } from './tabs/report.js'

/** @type {Record<string, () => Promise<string>>} */
const parts = { load: describeLoad, bindings: describeBindings, tabs: describeTabs, mock: describeMock }
const file = new URL('../docs/benchmarks.md', import.meta.url)

/** The part of the page as it was measured before. @param {string} name */
function readPart(name) {
  const page = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return new RegExp(`<!-- ${name} -->([^]*?)(?=<!-- |$)`).exec(page)?.[1]?.trim() ?? ''
}

async function findBrowserVersion() {
  const browser = await launchChromium()
  const version = browser.version()
  await browser.close()
  return version
}

/** @param {string} name @param {() => Promise<string>} describe */
async function measurePart(name, describe) {
  const startedAt = performance.now()
  const text = await describe()
  console.log(text)
  const [title = '', ...rest] = text.split('\n')
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  const when = `${describeMachine()}, Chromium ${await findBrowserVersion()}; \`npm run bench -- ${name}\`, ${seconds} s.`
  return [title, '', when, ...rest].join('\n')
}

const { positionals } = parseArgs({ allowPositionals: true })
const unknown = positionals.find((name) => !(name in parts))
if (unknown !== undefined) throw new Error(`${unknown} is none of ${Object.keys(parts).join(', ')}`)

const sections = []
for (const [name, describe] of Object.entries(parts)) {
  const isWanted = positionals.length === 0 || positionals.includes(name)
  sections.push(`<!-- ${name} -->\n${isWanted ? await measurePart(name, describe) : readPart(name)}`)
}
await writeDocument(
  'benchmarks.md',
  `# Beside others

Made by \`npm run bench\`; do not edit. Each part says when and on which machine it was measured, and everybody in it was measured in the same run. Ours is as it is here.

${sections.join('\n\n')}
`,
)
process.exit(0)
