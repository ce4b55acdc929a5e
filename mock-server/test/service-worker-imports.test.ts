import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const source = fileURLToPath(new URL('../src/', import.meta.url))

/** Everything a file imports, directly or not, that is not a file of this package. */
function findPackages(path: string, seen: Set<string>, packages: Set<string>): Set<string> {
  if (seen.has(path)) return packages
  seen.add(path)
  const text = readFileSync(path, 'utf8')
  for (const [, specifier = ''] of text.matchAll(/^(?:import|export|\})(?! type\b) .*?from '([^']+)'$/gm)) {
    if (!specifier.startsWith('.')) packages.add(specifier)
    else findPackages(join(dirname(path), specifier.replace(/\.js$/, '.ts')), seen, packages)
  }
  return packages
}

const packagesOf = (path: string): string[] => [...findPackages(source + path, new Set(), new Set())].sort()

it('sees what only Node has where it is used', () => {
  expect(packagesOf('index.ts')).toContain('@hono/node-server')
})

it('needs nothing of Node in a service worker', () => {
  const packages = packagesOf('service-worker/worker.ts')
  expect(packages).toContain('idb-keyval')
  expect(packages).toContain('jose')
  expect(packages.filter((name) => /^node:|node-server/.test(name))).toEqual([])
})

it('needs no package at all in the page that registers the worker', () => {
  expect(packagesOf('service-worker/register-mock-service-worker.ts')).toEqual([])
})
