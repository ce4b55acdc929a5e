import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildPage } from './built-page.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the page that the tests in a browser visit. */
    builtPage: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'spatio-page-'))
  await buildPage(folder)
  project.provide('builtPage', folder)
  return () => rm(folder, { recursive: true })
}
