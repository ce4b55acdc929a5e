import { existsSync, readFileSync } from 'node:fs'

/** The installed version of a package of this workspace. */
export function readVersion(packageName: string): string {
  const file = new URL(`../node_modules/${packageName}/package.json`, import.meta.url)
  if (!existsSync(file)) throw new Error(`${packageName} is not installed`)
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return version
}
