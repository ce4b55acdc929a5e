import { spawnSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getPackageVersion } from '../src/package-version.js'
import { runCli } from '../src/run-cli.js'
import { hasColors } from '../src/terminal/paint.js'
import { createFakeTerminal } from './kit/fake-terminal.js'
import { CLIENT_ID, openStage, type Stage } from './kit/stage.js'

const ESCAPE = '\x1b['

describe('the command line', () => {
  it('prints its version', async () => {
    const terminal = createFakeTerminal()
    expect(await runCli(['--version'], terminal)).toBe(0)
    expect(terminal.written()).toBe(`${getPackageVersion()}\n`)
  })

  it.each([[[]], [['register']], [['doctor']], [['init']]])(
    '%j has a help with an explanation of every flag',
    async (command) => {
      const terminal = createFakeTerminal()
      expect(await runCli([...command, '--help'], terminal)).toBe(0)
      const flags = terminal.written().match(/^ {2}(-\w, )?--[\w-]+.*$/gm) ?? []
      expect(flags.length).toBeGreaterThan(1)
      for (const flag of flags) expect(flag).toMatch(/^.+? {2,}\w/)
    },
  )

  it.each([
    [['regster'], /^✗ Unknown command 'regster'\n\(Did you mean register\?\)/],
    [['doctor', '--issur', 'x'], /^✗ Unknown option '--issur'/],
    [['doctor', '--issuer'], /argument missing/],
    [['doctor', '--issuer', 'api.spatio.app'], /--issuer api\.spatio\.app is not an http or https URL/],
    [['doctor', 'https://api.spatio.app'], /too many arguments/i],
    [['init', '--framework', 'angular'], /Allowed choices are react, vue, svelte, plain/],
    [[], /^Usage: spatio-auth/],
  ])('%j ends with 2 and says why', async (args, message) => {
    const terminal = createFakeTerminal()
    expect(await runCli(args, terminal)).toBe(2)
    expect(terminal.complained()).toMatch(message)
    expect(terminal.written()).toBe('')
  })
})

it('no flag of it is one that Node 20 takes for itself behind the name of a script, as it does --env-file', async () => {
  const helps = await Promise.all(
    [['init'], ['register'], ['doctor']].map(async (command) => {
      const terminal = createFakeTerminal()
      await runCli([...command, '--help'], terminal)
      return terminal.written()
    }),
  )
  const flags = new Set(helps.join('').match(/--[a-z-]+/g))
  expect(flags).toContain('--write-env')
  const args = [...flags].flatMap((flag) => [flag, 'no-such-file'])
  const { status, stderr } = spawnSync(process.execPath, ['--eval', '', '--', ...args], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
})

describe('colours', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage.close())

  const examine = async (options: Parameters<typeof createFakeTerminal>[0]) => {
    const terminal = createFakeTerminal(options)
    using _active = stage.mock.fault('disc.pkce-unsupported')
    await runCli(['doctor', '--issuer', stage.issuer, '--client-id', CLIENT_ID], terminal)
    return terminal.written()
  }
  const env = { TERM: 'xterm-256color' }

  it('mark what is wrong at a terminal, and there is none in a pipe or with NO_COLOR; the words are the same', async () => {
    const colored = await examine({ isTTY: true, env })
    const inPipe = await examine({ env })
    expect(colored).toContain(`${ESCAPE}31m✗`)
    expect(inPipe).not.toContain(ESCAPE)
    expect(await examine({ isTTY: true, env: { ...env, NO_COLOR: '1' } })).toBe(inPipe)
    expect(stripVTControlCharacters(colored)).toBe(inPipe)
  })

  it('do not come between the words of a line that is too long for the terminal', async () => {
    const terminal = createFakeTerminal({ isTTY: true, env: { ...env, NO_COLOR: '1' } })
    using _active = stage.mock.fault('disc.pkce-unsupported')
    await runCli(
      ['doctor', '--issuer', stage.issuer, '--client-id', 'app_unknown', '--origin', stage.app.origin],
      terminal,
    )
    const lines = terminal.written().split('\n')
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80)
    const at = lines.findIndex((line) => line.startsWith('      Fix: Compare both'))
    expect(lines[at + 1]).toMatch(/^ {6}\w/)
  })

  it('of a help follow the same rule', async () => {
    const [colored, plain] = [createFakeTerminal({ isTTY: true, env }), createFakeTerminal({ env })]
    await runCli(['--help'], colored)
    await runCli(['--help'], plain)
    expect(colored.written()).toContain(ESCAPE)
    expect(plain.written()).not.toContain(ESCAPE)
  })

  it.each([
    [{ isTTY: true, env: { TERM: 'dumb' } }, false],
    [{ isTTY: false, env: { ...env, FORCE_COLOR: '1' } }, true],
    [{ isTTY: false, env: { ...env, FORCE_COLOR: '1', NO_COLOR: '1' } }, false],
    [{ isTTY: true, env: { ...env, FORCE_COLOR: '0' } }, false],
  ])('are decided for %j: %s', (options, isColored) => {
    expect(hasColors(createFakeTerminal(options))).toBe(isColored)
  })

  it('the report says what is examined, what is wrong, and what to do', async () => {
    const text = await examine({})
    expect(text).toContain(
      `issuer        ${stage.issuer}\nclient ID     ${CLIENT_ID}\nredirect URI  not given\n`,
    )
    expect(text).toContain(
      '  ✗ The authority takes PKCE with S256\n      the metadata lists ["plain"]\n      Fix: Enable S256 at the authority',
    )
    expect(text).toContain('  – The app answers at the redirect URI: needs --redirect-uri or --origin\n')
    expect(text).toMatch(/\n\n5 passed, 8 skipped, 1 warned, 1 failed\n$/)
  })
})
