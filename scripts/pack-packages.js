import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pinnedPnpm, ROOT } from './install.js'

/** The folders of the packages that are published, all with one version. */
export const PUBLISHED = [
  'packages/core',
  'packages/react',
  'packages/vue',
  'packages/svelte',
  'packages/cli',
  'packages/devtools',
  'mock-server',
]

/**
 * Packs the built packages as they would be published.
 *
 * @param {string} folder where the tarballs go; it exists
 * @returns {{ name: string, folder: string, tarball: string }[]}
 * @throws {Error} with what the package manager says
 */
export function packPackages(folder) {
  const chosen = PUBLISHED.flatMap((path) => ['--filter', `./${path}`])
  const args = ['--yes', pinnedPnpm(), '--recursive', ...chosen, 'pack', '--pack-destination', folder]
  // npx is a .cmd on Windows, which only a shell starts.
  const shell = process.platform === 'win32'
  const { status, stdout, stderr } = spawnSync('npx', args, { cwd: ROOT, encoding: 'utf8', shell })
  if (status !== 0) throw new Error(`The packages could not be packed.\n${stdout}${stderr}`)
  return PUBLISHED.map((path) => {
    const { name, version } = JSON.parse(readFileSync(`${ROOT}${path}/package.json`, 'utf8'))
    const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
    return { name, folder: path, tarball: `${folder}/${file}` }
  })
}
