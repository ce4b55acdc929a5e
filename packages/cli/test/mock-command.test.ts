import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findMock, runScript } from '../src/mock/mock-command.js'
import { openFolder } from './kit/temporary-folder.js'

describe('mock', () => {
  it('runs the command of the mock-server', () => {
    const manifest = new URL('../../../mock-server/package.json', import.meta.url)
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> }
    expect(findMock()).toMatch(new RegExp(`mock-server/${bin['spatio-mock-server']?.slice(2)}$`))
  })

  it('gives every argument on as it is, and ends as it ends', async () => {
    const code = `
      import { writeFileSync } from 'node:fs'
      const [file, ...rest] = process.argv.slice(2)
      writeFileSync(file, JSON.stringify(rest))
      process.exitCode = 3`
    using folder = openFolder({ 'mock.mjs': code })
    const args = ['start', '--user', 'Mira Okafor <mira@example.com>', '--help', '--', '-x']
    expect(await runScript(`${folder.path}/mock.mjs`, [`${folder.path}/args.json`, ...args])).toBe(3)
    expect(JSON.parse(readFileSync(`${folder.path}/args.json`, 'utf8'))).toEqual(args)
  })
})
