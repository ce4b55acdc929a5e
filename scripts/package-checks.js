// Packs the packages and checks what would be published: publint, attw, import and a server's render on Node, the
// commands, an app's compiler. Build first.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { ROOT } from './install.js'
import { packPackages } from './pack-packages.js'
import { findCommandProblems, findImportProblems, findTypeProblems } from './packages/consumer-problems.js'
import { listEntries, openConsumer } from './packages/open-consumer.js'
import { findSvelteServerProblems } from './packages/svelte-server-problems.js'

const ATTW = `${ROOT}node_modules/@arethetypeswrong/cli/dist/index.js`
/** A script that a browser fetches as a service worker: nobody imports it, so it has no types. */
const SCRIPTS = ['spatio-mock-worker.js']

/** @param {string} name @param {string} tarball @returns {Promise<string[]>} what is wrong */
async function askPublint(name, tarball) {
  const data = readFileSync(tarball)
  const { messages, pkg } = await publint({
    pack: { tarball: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) },
    strict: true,
  })
  return messages.map((message) => `${name}, publint: ${formatMessage(message, pkg, { color: false })}`)
}

/** @param {string} name @param {string} tarball @returns {string[]} what is wrong */
function askAttw(name, tarball) {
  const args = [
    ATTW,
    tarball,
    '--profile',
    'esm-only',
    '--format',
    'ascii',
    '--no-color',
    '--exclude-entrypoints',
  ]
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, ...SCRIPTS], { encoding: 'utf8' })
  return status === 0 ? [] : [`${name}, attw:\n${stdout}${stderr}`]
}

/** @param {string} folder @returns {Promise<string[]>} what is wrong */
async function findProblems(folder) {
  const packed = packPackages(folder)
  const linted = await Promise.all(packed.map(({ name, tarball }) => askPublint(name, tarball)))
  const typed = packed.flatMap(({ name, tarball }) => askAttw(name, tarball))
  const manifests = openConsumer(`${folder}/app`, packed)
  const entries = Object.entries(manifests).flatMap(([name, manifest]) => listEntries(name, manifest))
  console.log(`${packed.length} packages with ${entries.length} entries: ${entries.join(' ')}`)
  const imported = findImportProblems(`${folder}/app`, entries)
  const compiled = findTypeProblems(`${folder}/app`, entries)
  const run = findCommandProblems(`${folder}/app`, manifests)
  const rendered = await findSvelteServerProblems(`${folder}/app`)
  return [...linted.flat(), ...typed, ...imported, ...run, ...compiled, ...rendered]
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'spatio-packages-')))
try {
  const problems = await findProblems(folder)
  for (const problem of problems) console.error(`✗ ${problem}`)
  if (problems.length === 0)
    console.log(
      '✓ publint, attw, import and a render with Svelte on Node, the commands, moduleResolution bundler and node16',
    )
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
