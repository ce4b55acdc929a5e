import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ROOT } from '../install.js'
import { PUBLISHED } from '../pack-packages.js'

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(ROOT + path, 'utf8'))

it.each(PUBLISHED)('%s says what it is, whose, and from where', (folder) => {
  expect(readJson(`${folder}/package.json`)).toMatchObject({
    name: expect.stringMatching(/^@spatio-labs\//),
    description: expect.stringMatching(/\w/),
    license: 'MIT',
    repository: { url: readJson('packages/core/package.json').repository.url, directory: folder },
    type: 'module',
    engines: { node: '>=20.19' },
    publishConfig: { access: 'public', provenance: true },
  })
})

it.each(PUBLISHED)('%s has a README of its own and the licence', (folder) => {
  expect(existsSync(`${ROOT}${folder}/README.md`)).toBe(true)
  expect(readFileSync(`${ROOT}${folder}/LICENSE`, 'utf8')).toBe(readFileSync(`${ROOT}LICENSE`, 'utf8'))
})

it.each(PUBLISHED)('%s lets bundlers drop what is not used, but for a page that only runs', (folder) => {
  const isRelay = folder === 'packages/core'
  expect(readJson(`${folder}/package.json`).sideEffects).toEqual(isRelay ? ['./dist/relay.js'] : false)
})

it('all that is published gets one version, and nothing else gets any', () => {
  const manifests = PUBLISHED.map((folder) => readJson(`${folder}/package.json`))
  const { fixed, privatePackages } = readJson('.changeset/config.json')
  expect(fixed).toEqual([manifests.map(({ name }) => name)])
  expect(privatePackages).toEqual({ version: false, tag: false })
  expect(new Set(manifests.map(({ version }) => version)).size).toBe(1)
})
