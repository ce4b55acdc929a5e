import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { CliError } from '../cli-error.js'

/** The app that sign-in is added to. */
export interface Project {
  /** Absolute. */
  readonly folder: string
  readonly manifestText: string
  readonly manifest: Readonly<Record<string, unknown>>
  /** The module that index.html loads, below the folder, with slashes: `src/main.tsx`. */
  readonly entry: string
  readonly isTypeScript: boolean
}

/** What is not a Vite app with a page of its own, and where to look instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '@sveltejs/kit': 'SvelteKit: see examples/sveltekit',
  next: 'Next: see examples/next',
  nuxt: 'Nuxt: see examples/nuxt',
  '@react-router/dev': 'React Router as a framework: see examples/react-router',
  astro: 'Astro: use @spatio-labs/auth in a client script',
}

/** @throws CliError `not_an_app`, `not_vite`, `entry_missing` */
export function readProject(folder: string): Project {
  const manifestText = readText(folder, 'package.json')
  if (manifestText === null)
    throw new CliError('not_an_app', `There is no package.json in ${folder}.`, {
      fix: 'Run init in the folder of your app, or make one: npm create vite@latest',
    })
  const manifest = toManifest(manifestText, folder)
  const wanted = listDependencies(manifest)
  const elsewhere = Object.keys(ELSEWHERE).find((name) => wanted.includes(name))
  if (elsewhere !== undefined)
    throw new CliError('not_vite', `init adds sign-in to plain Vite apps. ${ELSEWHERE[elsewhere]}.`)
  if (!wanted.includes('vite'))
    throw new CliError('not_vite', `${folder} is not a Vite app: package.json does not name vite.`, {
      fix: 'Follow the README of @spatio-labs/auth; it needs no bundler in particular.',
    })
  const entry = findEntry(folder)
  return { folder, manifestText, manifest, entry, isTypeScript: /\.tsx?$/.test(entry) }
}

/** The text of a file of the app; null when there is none. */
export function readText(folder: string, path: string): string | null {
  const file = join(folder, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** All that package.json names. */
export function listDependencies(manifest: Readonly<Record<string, unknown>>): string[] {
  return ['dependencies', 'devDependencies'].flatMap((section) => Object.keys(manifest[section] ?? {}))
}

function toManifest(text: string, folder: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Told below, in the same words as for JSON that is no object.
  }
  throw new CliError('not_an_app', `package.json in ${folder} is not a JSON object.`)
}

function findEntry(folder: string): string {
  const html = readText(folder, 'index.html') ?? ''
  const scripts = [...html.matchAll(/<script\b[^>]*>/gi)].map(([tag]) => tag)
  const module = scripts.find((tag) => /\btype\s*=\s*["']?module\b/i.test(tag))
  const source = /\bsrc\s*=\s*["']([^"']+)["']/i.exec(module ?? '')?.[1]
  const entry = source === undefined ? undefined : posix.normalize(source.replace(/^\.?\//, ''))
  if (entry !== undefined && readText(folder, entry) !== null) return entry
  throw new CliError('entry_missing', `index.html in ${folder} loads no module of this app.`, {
    fix: 'init looks for <script type="module" src="/src/main.ts">.',
  })
}
