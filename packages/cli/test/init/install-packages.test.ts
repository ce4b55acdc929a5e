import { chmodSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findPackageManager, installPackages, toCommandText } from '../../src/init/install-packages.js'
import { runCli } from '../../src/run-cli.js'
import { createFakeTerminal } from '../kit/fake-terminal.js'
import { openFolder } from '../kit/temporary-folder.js'
import { openViteApp } from '../kit/vite-app.js'

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
  /** A package manager that does this. */
  const openBin = (script: string): { PATH: string } & Disposable => {
    const bin = openFolder({ pnpm: `#!/bin/sh\n${script}\n` })
    chmodSync(join(bin.path, 'pnpm'), 0o755)
    const PATH = [bin.path, process.env['PATH'] ?? ''].join(delimiter)
    return { PATH, [Symbol.dispose]: () => bin[Symbol.dispose]() }
  }
  const install = async (folder: string, script: string): Promise<void> => {
    using bin = openBin(script)
    await installPackages('pnpm', folder, createFakeTerminal({ env: { PATH: bin.PATH } }))
  }

  it('that fails after init leaves the steps that are still to do, itself the first', async () => {
    using app = openViteApp('vanilla-ts', { 'pnpm-lock.yaml': '' })
    using bin = openBin('exit 7')
    const terminal = createFakeTerminal({ cwd: app.path, env: { PATH: bin.PATH } })
    expect(await runCli(['init', '--client-id', 'app_1', '--yes'], terminal)).toBe(1)
    expect(terminal.written()).toMatch(/Next\n {2}1\. pnpm i\n {2}2\. Register[^\n]*\n {2}3\. pnpm run dev/)
    expect(terminal.complained()).toContain('pnpm i ended with 7')
  })

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
