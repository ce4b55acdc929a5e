import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../install.js'
import { listFiles } from '../list-files.js'
import { VARIABLES } from '../machine.js'
import { planSteps } from '../test-steps.js'

const steps = planSteps({ path: '/usr/bin/chromium', version: 'Chromium 156' })
const CODE = /\.([jt]sx?|svelte|vue)$/

const CORE_ASIDE = ['react', 'react-18', 'vue', 'svelte', 'devtools', 'cli', 'binding-contract']

/** What a step runs: all that its code names has to be an input. */
const CODE_OF = {
  'core tests': ['cases', 'packages/core', 'mock-server/src'],
  'mock-server tests': ['cases', 'mock-server'],
  'other unit tests': [
    ...['packages/core/src', ...CORE_ASIDE.map((name) => `packages/${name}`)],
    ...['docs/snippets', 'interop', 'bench', 'mock-server/src'],
  ],
  'browser tests': ['playground', 'storm', 'mock-server', 'packages/devtools'],
}

/** Whether it is a test of another kind. @param {string} file @param {string} step */
const isOther = (file, step) => {
  return /\.test\.[jt]sx?$/.test(file) && file.includes('.browser.') !== (step === 'browser tests')
}

/** The files that a file names by a path from itself, where they are. @param {string} file */
function listNamed(file) {
  const names = readFileSync(ROOT + file, 'utf8').matchAll(/['"`](\.\.?\/[\w./-]+)['"`]/g)
  return [...names].flatMap(([, name = '']) => {
    const path = posix.join(posix.dirname(file), name)
    // An import names what will be made of a source.
    const paths = [path, path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx')]
    return paths.filter((path) => existsSync(ROOT + path))
  })
}

it.each(Object.entries(CODE_OF))('the %s depend on every file that their code names', (name, folders) => {
  const ignores = steps.find((step) => step.name === name)?.ignores
  const files = folders.flatMap((folder) => listFiles(folder, CODE)).filter((file) => !isOther(file, name))
  const named = files.flatMap((file) => listNamed(file).map((path) => `${file} names ${path}`))
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((line) => ignores?.test(line.split(' names ')[1] ?? ''))).toEqual([])
})

it('no two steps make the same file: one would take away what the other made', () => {
  const outputs = steps.flatMap((step) => step.outputs)
  expect(outputs.filter((path, index) => outputs.indexOf(path) !== index)).toEqual([])
})

it('no step takes away the demo that npm run demo:static has made', () => {
  expect(steps.flatMap((step) => step.outputs)).not.toContain('playground/dist')
})

it('the steps depend on every variable of the environment that a test asks for', () => {
  const files = listFiles('', /\/test\/.*\.[jt]sx?$/).filter((file) => !file.startsWith('storm/'))
  const asked = files.flatMap((file) =>
    [...readFileSync(ROOT + file, 'utf8').matchAll(/process\.env\[?\.?'?(\w+)/g)].map(([, name]) => name),
  )
  // Where CHROMIUM_PATH leads is an input of the browser tests; PATH is only put before another one.
  const known = [...VARIABLES, 'CHROMIUM_PATH', 'PATH']
  expect(asked).toContain('EVERY_ENDPOINT')
  expect(asked.filter((name) => name !== undefined && !known.includes(name))).toEqual([])
})
