import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ROOT } from '../install.js'

/** Beside what a package says it needs: the types of React and Node, and the optional peers whose entries are for them. */
const ALSO = {
  'packages/react': ['@types/react'],
  'mock-server': ['@types/node', 'msw', 'vite'],
}

/**
 * @typedef {object} Packed
 * @property {string} name
 * @property {string} folder of its sources
 * @property {string} tarball
 *
 * @typedef {{ dependencies?: Record<string, string>, peerDependencies?: Record<string, string>,
 *   peerDependenciesMeta?: Record<string, { optional?: boolean }>, bin?: Record<string, string>,
 *   exports: Record<string, string | { types: string, default: string }> }} Manifest
 */

/**
 * Puts the packed packages where an app would have them, with what they ask for and nothing else, from what is installed
 * here already.
 *
 * @param {string} folder the app's
 * @param {Packed[]} packed
 * @returns {Record<string, Manifest>} by name
 */
export function openConsumer(folder, packed) {
  /** @type {Record<string, Manifest>} */
  const manifests = {}
  for (const { name, folder: source, tarball } of packed) {
    const place = `${folder}/node_modules/${name}`
    mkdirSync(place, { recursive: true })
    const { status, stderr } = spawnSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', place])
    if (status !== 0) throw new Error(`${tarball} could not be unpacked: ${String(stderr)}`)
    const manifest = (manifests[name] = JSON.parse(readFileSync(`${place}/package.json`, 'utf8')))
    for (const wanted of listNeeds(source, manifest)) link(folder, source, wanted)
  }
  const dependencies = Object.fromEntries(Object.keys(manifests).map((name) => [name, '*']))
  writeFileSync(`${folder}/package.json`, JSON.stringify({ type: 'module', dependencies }))
  return manifests
}

/** @param {string} source @param {Manifest} manifest */
function listNeeds(source, { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }) {
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true)
  const also = Object.entries(ALSO).flatMap(([folder, names]) => (folder === source ? names : []))
  return [...Object.keys(dependencies), ...peers, ...also].filter((name) => !name.startsWith('@spatio-labs/'))
}

/** @param {string} folder @param {string} source @param {string} name */
function link(folder, source, name) {
  const place = `${folder}/node_modules/${name}`
  mkdirSync(dirname(place), { recursive: true })
  try {
    symlinkSync(realpathSync(`${ROOT}${source}/node_modules/${name}`), place, 'junction')
  } catch (error) {
    // Two packages ask for it.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/**
 * What an app can import of a package by name: neither its manifest nor a script for a browser to fetch.
 *
 * @param {string} name @param {Manifest} manifest @returns {string[]}
 */
export function listEntries(name, { exports }) {
  const modules = Object.entries(exports).filter(([, target]) => typeof target !== 'string')
  return modules.map(([path]) => name + path.slice(1))
}
