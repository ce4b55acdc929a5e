import { chmodSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findPackageManager, installPackages, toCommandText } from '../../src/init/install-packages.js'
import { createFakeTerminal } from '../kit/fake-terminal.js'
import { openFolder } from '../kit/temporary-folder.js'

describe('the package manager', () => {
  it.each([
    ['package-lock.json', 'npm', 'npm i', 'npm run dev'],
    ['pnpm-lock.yaml', 'pnpm', 'pnpm i', 'pnpm run dev'],
    ['yarn.lock', 'yarn', 'yarn install', 'yarn run dev'],
    ['bun.lock', 'bun', 'bun install', 'bun run dev'],
  ])('is told by %s: %s', async (lockFile, agent, install, dev) => {
    using folder = openFolder({ [lockFile]: '' })
    const found = await findPackageManager(folder.path)
    expect(found).toBe(agent)
    expect(toCommandText(found, 'install')).toBe(install)
    expect(toCommandText(found, 'run', ['dev'])).toBe(dev)
  })

  it('is told by package.json where there is no lock file', async () => {
    using folder = openFolder({ 'package.json': '{"packageManager":"pnpm@10.1.0"}' })
    expect(await findPackageManager(folder.path)).toBe('pnpm')
  })
})

describe.skipIf(process.platform === 'win32')('an installation', () => {
  const install = async (folder: string, script: string): Promise<void> => {
    using bin = openFolder({ pnpm: `#!/bin/sh\n${script}\n` })
    chmodSync(join(bin.path, 'pnpm'), 0o755)
    const PATH = [bin.path, process.env['PATH'] ?? ''].join(delimiter)
    await installPackages('pnpm', folder, createFakeTerminal({ env: { PATH } }))
  }

  it('runs in the folder of the app', async () => {
    using folder = openFolder()
    await install(folder.path, 'echo "$@" > installed')
    expect(readFileSync(join(folder.path, 'installed'), 'utf8')).toBe('i\n')
  })

  it('that fails says what to run, and that the files are changed', async () => {
    using folder = openFolder()
    await expect(install(folder.path, 'exit 7')).rejects.toThrow(
      /pnpm i ended with 7\. The files are changed/,
    )
  })
})
