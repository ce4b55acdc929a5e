import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMockServer } from '@spatio-labs/mock-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../src/run-cli.js'
import { createFakeTerminal, CTRL_C, ENTER, type FakeTerminal } from '../kit/fake-terminal.js'
import { openFolder } from '../kit/temporary-folder.js'

const REDIRECT_URI = 'http://localhost:5173/'
let mock = createMockServer()
let issuer = ''
let close = async (): Promise<void> => undefined
let folder = openFolder()

beforeEach(async () => {
  mock = createMockServer()
  ;({ url: issuer, close } = await mock.listen({ port: 0, host: '127.0.0.1' }))
  folder = openFolder()
})
afterEach(async () => {
  await close()
  folder[Symbol.dispose]()
})

const terminalHere = (options: Parameters<typeof createFakeTerminal>[0] = {}): FakeTerminal =>
  createFakeTerminal({ cwd: folder.path, ...options })

const register = (terminal: FakeTerminal, ...flags: string[]) =>
  runCli(
    ['register', '--issuer', issuer, '--name', 'Notes', '--redirect-uri', REDIRECT_URI, ...flags],
    terminal,
  )

const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8')
const registrations = () => mock.requests({ endpoint: 'register' })
const idOf = (text: string): string => /app_[\w-]+/.exec(text)?.[0] ?? ''

describe('register', () => {
  it('makes the app a public client, and prints what the app needs to know', async () => {
    const terminal = terminalHere()
    expect(await register(terminal)).toBe(0)
    const id = idOf(terminal.written())
    expect(terminal.written()).toContain(`VITE_SPATIO_CLIENT_ID=${id}\nVITE_SPATIO_ISSUER=${issuer}\n`)
    const [client] = mock.clients.list().filter(({ client_id }) => client_id === id)
    expect(client).toMatchObject({
      redirect_uris: [REDIRECT_URI],
      scope: 'openid profile email',
      token_endpoint_auth_method: 'none',
    })
    expect(client).not.toHaveProperty('client_secret')
  })

  it('prints JSON for programs, and never the registration access token', async () => {
    const terminal = terminalHere()
    expect(await register(terminal, '--json', '--write-env', '.env.test', '--prefix', 'PUBLIC_')).toBe(0)
    const answer: unknown = JSON.parse(terminal.written())
    const id = idOf(terminal.written())
    expect(answer).toEqual({
      ...{ issuer, clientId: id, redirectUris: [REDIRECT_URI], scope: 'openid profile email' },
      ...{ envFile: join(folder.path, '.env.test'), tokenFile: null },
    })
    expect(read('.env.test')).toBe(`PUBLIC_SPATIO_CLIENT_ID=${id}\nPUBLIC_SPATIO_ISSUER=${issuer}\n`)
    expect(terminal.written() + read('.env.test')).not.toContain('rat_')
  })

  it('keeps the registration access token where its owner alone can read it', async () => {
    const terminal = terminalHere()
    expect(await register(terminal, '--token-file', 'token')).toBe(0)
    expect(read('token')).toMatch(/^rat_[\w-]+\n$/)
    expect(terminal.written() + terminal.complained()).not.toContain('rat_')
    if (process.platform !== 'win32') expect(statSync(join(folder.path, 'token')).mode & 0o777).toBe(0o600)
    expect(await register(terminal, '--token-file', 'token')).toBe(1)
    expect(registrations()).toHaveLength(1)
  })

  it('sends several redirect URIs and another scope', async () => {
    const terminal = terminalHere()
    const flags = ['--redirect-uri', 'https://notes.example/', '--scope', 'openid read:*', '--json']
    expect(await register(terminal, ...flags)).toBe(0)
    expect(JSON.parse(terminal.written())).toMatchObject({
      redirectUris: [REDIRECT_URI, 'https://notes.example/'],
      scope: 'openid read:*',
    })
  })
})

describe('a value that the env file has', () => {
  beforeEach(() => writeFileSync(join(folder.path, '.env'), 'A=1\nVITE_SPATIO_CLIENT_ID=app_old\n'))

  it('is not overwritten, and nothing is registered', async () => {
    const terminal = terminalHere()
    expect(await register(terminal, '--write-env')).toBe(1)
    expect(terminal.complained()).toContain('.env has VITE_SPATIO_CLIENT_ID=app_old already')
    expect(terminal.complained()).toContain('--overwrite')
    expect(read('.env')).toBe('A=1\nVITE_SPATIO_CLIENT_ID=app_old\n')
    expect(registrations()).toHaveLength(0)
  })

  it('is overwritten with --overwrite, which says what it was', async () => {
    const terminal = terminalHere()
    expect(await register(terminal, '--write-env', '--overwrite')).toBe(0)
    expect(terminal.written()).toContain('VITE_SPATIO_CLIENT_ID was app_old.')
    expect(read('.env')).toBe(
      `A=1\nVITE_SPATIO_CLIENT_ID=${idOf(terminal.written())}\nVITE_SPATIO_ISSUER=${issuer}\n`,
    )
  })

  it('is overwritten when somebody at the terminal says yes, and not when they say no', async () => {
    const refusing = terminalHere({ isTTY: true })
    refusing.answer('Overwrite?', 'n')
    expect(await register(refusing, '--write-env')).toBe(1)
    expect(read('.env')).toContain('app_old')
    const agreeing = terminalHere({ isTTY: true })
    agreeing.answer('Overwrite?', 'y')
    expect(await register(agreeing, '--write-env')).toBe(0)
    expect(read('.env')).not.toContain('app_old')
  })
})

describe('at a terminal', () => {
  it('asks for what is not given, and where to write', async () => {
    writeFileSync(join(folder.path, 'package.json'), '{"name":"my-notes"}')
    const terminal = terminalHere({ isTTY: true })
    terminal.answer('What is your app called?', ENTER)
    terminal.answer('Where do users come back to?', ENTER)
    terminal.answer('Write the client ID to .env?', ENTER)
    expect(await runCli(['register', '--issuer', issuer], terminal)).toBe(0)
    expect(read('.env')).toContain('VITE_SPATIO_CLIENT_ID=app_')
    const id = idOf(read('.env'))
    const [client] = mock.clients.list().filter(({ client_id }) => client_id === id)
    expect(client).toMatchObject({ client_name: 'my-notes', redirect_uris: [REDIRECT_URI] })
  })

  it('ends with 130 on Ctrl+C, and registers nothing', async () => {
    const terminal = terminalHere({ isTTY: true })
    terminal.answer('What is your app called?', CTRL_C)
    expect(await runCli(['register', '--issuer', issuer], terminal)).toBe(130)
    expect(registrations()).toHaveLength(0)
  })

  it.each([
    ['in a pipe', {}],
    ['in CI', { isTTY: true, env: { CI: 'true' } }],
  ])('asks nobody %s: it names the flag', async (_where, options) => {
    const terminal = terminalHere(options)
    expect(await runCli(['register', '--issuer', issuer], terminal)).toBe(2)
    expect(terminal.complained()).toContain('--name is missing')
    expect(await runCli(['register', '--issuer', issuer, '--name', 'Notes'], terminal)).toBe(2)
    expect(terminal.complained()).toContain('--redirect-uri is missing')
  })
})

describe('a refusal', () => {
  it('for too many registrations says when to come back', async () => {
    mock.scenario('registration.quota-used-up')
    const terminal = terminalHere()
    expect(await register(terminal)).toBe(1)
    expect(terminal.complained()).toMatch(
      /allows 10 an hour from one address\. Try again in \d+ minutes, at \d\d:\d\d\./,
    )
    expect(terminal.complained()).toContain('npx @spatio-labs/auth-cli mock')
  })

  it.each([
    ['--redirect-uri', 'http://notes.example/', /invalid_redirect_uri: Not registrable/, 1],
    ['--redirect-uri', 'https://notes.example/#/', /^✗ A redirect URI is not usable\./, 2],
    ['--scope', 'openid write:everything', /invalid_client_metadata/, 1],
    ['--issuer', 'http://login.example', /^✗ http:\/\/login\.example is not the URL of an authority/, 2],
    [
      '--issuer',
      'http://127.0.0.1:1',
      /discovery_failed \(no answer\)\.\n.*npx @spatio-labs\/auth-cli doctor --issuer/,
      1,
    ],
    ['--prefix', 'not a name', /--prefix not a name cannot begin/, 2],
  ])('of %s %s says why', async (flag, value, message, exitCode) => {
    const terminal = terminalHere()
    expect(await register(terminal, '--write-env', flag, value)).toBe(exitCode)
    expect(terminal.complained()).toMatch(message)
  })

  it('is JSON for programs', async () => {
    using _active = mock.fault('register.invalid_redirect_uri')
    const terminal = terminalHere()
    expect(await register(terminal, '--json')).toBe(1)
    expect(JSON.parse(terminal.written())).toMatchObject({ error: { code: 'invalid_redirect_uri' } })
    expect(terminal.complained()).toBe('')
  })

  it('of what the authority registered instead is one too', async () => {
    using _active = mock.fault('register.substituted-metadata')
    const terminal = terminalHere()
    expect(await register(terminal, '--write-env')).toBe(1)
    expect(terminal.complained()).toContain('registration_invalid (status 201)')
  })

  it('of the disk still tells the client ID', async () => {
    const terminal = terminalHere()
    expect(await register(terminal, '--write-env', 'no-such-folder/.env')).toBe(1)
    expect(terminal.complained()).toMatch(
      /cannot be written \(ENOENT\)\. The app is registered, with the client ID app_/,
    )
  })
})
