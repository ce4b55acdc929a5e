import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const core = createRequire(new URL('../../../../packages/core/package.json', import.meta.url))

/** The folder of a package as `packages/core` sees it; its `package.json` must be exported. */
export function packageFolder(name) {
  return dirname(core.resolve(`${name}/package.json`))
}

/** The ESM build of oidc-client-ts, the one a bundler takes. */
export const oidcClientPath = join(packageFolder('oidc-client-ts'), 'dist/esm/oidc-client-ts.js')

export async function loadOidcClient() {
  return import(pathToFileURL(oidcClientPath).href)
}

export async function loadJose() {
  return import(pathToFileURL(core.resolve('jose')).href)
}

export function versionOf(name) {
  return core(`${name}/package.json`).version
}
