import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeRuns, run, start } from './support/cli-run.js'
import { redirectUri } from './support/flow.js'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spatio-mock-'))
})

afterEach(async () => {
  await closeRuns()
  await rm(folder, { recursive: true })
})

async function writeConfig(value: unknown): Promise<string> {
  const path = join(folder, 'config.json')
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

describe('--config', () => {
  it('takes options, users and clients from a file; flags win, and its paths are relative to it', async () => {
    const path = await writeConfig({
      port: 1,
      users: [{ sub: 'usr_lena', name: 'Lena Voss', claims: { plan: 'pro' } }],
      clients: [{ client_id: 'app', redirect_uris: [redirectUri] }],
      accessTokenLifetime: 90,
      autoConsent: true,
      state: 'state.json',
      log: 'none',
    })
    const { text, listener } = await start(['--config', path, '--user', 'Otto'])
    const config = await (await fetch(`${listener.url}/.well-known/openid-configuration`)).json()
    expect(config).toMatchObject({ issuer: listener.url })
    expect(text.out).toBe('')
    const state = JSON.parse(await readFile(join(folder, 'state.json'), 'utf8')) as { users: object[] }
    expect(state.users).toMatchObject([{ sub: 'usr_lena', claims: { plan: 'pro' } }, { name: 'Otto' }])
  })

  it.each<[string, unknown, RegExp]>([
    ['text that is no JSON', '{', /config\.json is not JSON/],
    ['a list', [], /is not a JSON object/],
    ['an unknown member', { prot: 1 }, /prot is not an option/],
    ['a wrong type', { port: '4400' }, /port: expected number, got "4400"/],
    ['a lint rule there is not', { lenient: ['leak.url'] }, /lenient: expected /],
    ['a port out of range', { port: 70_000 }, /port: expected <=65535, got 70000/],
    [
      'a member deep inside',
      { users: [{ sub: 'a' }, { name: 'x' }] },
      /users\.1\.sub: expected "sub", got undefined/,
    ],
    [
      'an unknown member inside',
      { clients: [{ client_id: 'x', redirect_uris: [], secret: 'y' }] },
      /clients\.0\.secret is not/,
    ],
    [
      'a value that is not among those',
      { log: 'loud' },
      /log: expected \("text" \| "json" \| "none"\), got "loud"/,
    ],
    ['two at once', { port: true, host: 7 }, /port: .*\n {2}host: /],
    ['an issuer with a slash', { issuer: 'https://x.example/', port: 0 }, /leave out the slash/],
    [
      'a client secret that does not fit',
      {
        clients: [
          { client_id: 'x', redirect_uris: [redirectUri], token_endpoint_auth_method: 'client_secret_post' },
        ],
        port: 0,
      },
      /secret disagree/,
    ],
  ])('refuses %s, naming the member', async (_what, value, message) => {
    const { text, exitCode } = await run(['--config', await writeConfig(value)])
    expect(exitCode).toBe(1)
    expect(text.error).toMatch(message)
  })
})
