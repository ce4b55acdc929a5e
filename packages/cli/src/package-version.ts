import { readFileSync } from 'node:fs'

/** The version of this package; all published packages have the same. */
export function getPackageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return (manifest as { version: string }).version
}
