import { describe, expect, it } from 'vitest'
import { findAppSettings } from '../src/env/app-settings.js'
import { findConflicts, parseEnvText, toEnvText } from '../src/env/env-file.js'
import { createFakeTerminal } from './kit/fake-terminal.js'
import { openFolder } from './kit/temporary-folder.js'

describe('an env file', () => {
  it('keeps every other line as it is', () => {
    const text = '# mine\nA=1\n\nVITE_SPATIO_CLIENT_ID=old\nB="two words" # why\n'
    expect(toEnvText(text, { VITE_SPATIO_CLIENT_ID: 'new' })).toBe(
      '# mine\nA=1\n\nVITE_SPATIO_CLIENT_ID=new\nB="two words" # why\n',
    )
  })

  it.each([
    ['', 'A=1\n'],
    ['B=2', 'B=2\nA=1\n'],
    ['export A=0\n', 'export A=1\n'],
    ['  A = 0 # old\n', '  A=1\n'],
    ['A=0\r\nB=2\r\n', 'A=1\r\nB=2\r\n'],
    // The last of two is the one that is read.
    ['A=0\nA=9\n', 'A=1\nA=1\n'],
    ['AA=0\n', 'AA=0\nA=1\n'],
    ['# A=0\n', '# A=0\nA=1\n'],
  ])('%j with A=1 is %j', (before, after) => {
    expect(toEnvText(before, { A: '1' })).toBe(after)
    expect(parseEnvText(after)).toMatchObject({ A: '1' })
  })

  it('takes a value with a dollar sign as it is', () => {
    expect(toEnvText('A=0\n', { A: "$&$1$'" })).toBe("A=$&$1$'\n")
  })

  it('tells what would be overwritten, but not what is empty or the same', () => {
    const text = 'SAME=1\nEMPTY=\nOTHER=old\n'
    expect(findConflicts(text, { SAME: '1', EMPTY: '2', OTHER: 'new', NEW: '3' })).toEqual([
      { name: 'OTHER', before: 'old', after: 'new' },
    ])
  })
})

describe('the settings of an app', () => {
  it('are those that Vite would read, and are told with where they are from', () => {
    using folder = openFolder({
      '.env': 'VITE_SPATIO_CLIENT_ID=app_shared\nVITE_SPATIO_ISSUER=https://login.example\n',
      '.env.local': 'VITE_SPATIO_CLIENT_ID=app_mine\n',
    })
    expect(findAppSettings(createFakeTerminal({ cwd: folder.path }))).toEqual({
      clientId: { value: 'app_mine', file: '.env.local' },
      issuer: { value: 'https://login.example', file: '.env' },
    })
    const env = { VITE_SPATIO_CLIENT_ID: 'app_ci' }
    expect(findAppSettings(createFakeTerminal({ cwd: folder.path, env })).clientId).toEqual({
      value: 'app_ci',
      file: undefined,
    })
  })
})
