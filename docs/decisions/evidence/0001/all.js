// Runs every experiment of this folder; exits with 1 when one saw something else than the page records.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const IN_NODE = [
  'redirect-307',
  'slow-body',
  'prototype-member',
  'retry-after',
  'state-entropy',
  'fetch-option',
  'errors-hold-the-form',
  'unchecked',
  'tabs-without-lock',
  'parts-we-use',
  'size',
]
const experiments = process.argv.includes('--browser') ? [...IN_NODE, 'in-chromium'] : IN_NODE

for (const name of experiments) {
  console.log(`\n${name}`)
  const path = fileURLToPath(new URL(`${name}.js`, import.meta.url))
  const { status } = spawnSync(process.execPath, [path], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
