import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeRuns, run, start } from './support/cli-run.js'
import { createMock, redirectUri, signIn } from './support/flow.js'
import { toTarget } from './support/port.js'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spatio-mock-'))
})

afterEach(async () => {
  await closeRuns()
  await rm(folder, { recursive: true })
})

describe('--state', () => {
  const stateOf = async (path: string): Promise<string> => readFile(path, 'utf8')

  it('keeps what an answer promises before the answer is given, for its owner alone', async () => {
    const path = join(folder, 'state.json')
    const { listener } = await start([
      '--state',
      path,
      '--client',
      'app',
      '--redirect-uri',
      redirectUri,
      '--quiet',
    ])
    const tokens = await signIn(toTarget(listener.url))
    const state = await stateOf(path)
    for (const kept of [tokens.access_token, tokens.refresh_token, '"usr_mira"'])
      expect(state).toContain(kept)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['state.json'])
  })

  it('answers 503 rather than promise what it cannot keep, and goes on when it can again', async () => {
    const path = join(folder, 'gone', 'state.json')
    await mkdir(join(folder, 'gone'))
    const { listener, text } = await start(['--state', path, '--quiet'])
    await rm(join(folder, 'gone'), { recursive: true })
    const register = (): Promise<Response> =>
      fetch(`${listener.url}/oauth2/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_name: 'x', redirect_uris: [redirectUri] }),
      })
    expect((await register()).status).toBe(503)
    expect(text.error).toMatch(/Cannot write the state file .*: ENOENT/)
    await mkdir(join(folder, 'gone'))
    expect((await register()).status).toBe(201)
    expect(await stateOf(path)).toContain('app_')
  })

  it('serves fifty sign-ins at once without losing one from the file', async () => {
    const path = join(folder, 'state.json')
    const { listener } = await start([
      '--state',
      path,
      '--client',
      'app',
      '--redirect-uri',
      redirectUri,
      '--quiet',
    ])
    const tokens = await Promise.all(Array.from({ length: 50 }, () => signIn(toTarget(listener.url))))
    const state = await stateOf(path)
    for (const { refresh_token } of tokens) expect(state).toContain(refresh_token)
  })

  const good = JSON.stringify(createMock().saveState())
  it.each<[string, string, RegExp]>([
    ['an empty file', '', /not JSON/],
    ['a file that is cut off', good.slice(0, 500), /not JSON/],
    ['another JSON file', '{"name":"my-app"}', /not the state of a mock/],
    [
      'another version',
      good.replace('"version":1', '"version":99'),
      /has version 99, this mock reads version 1/,
    ],
    ['a changed member', good.replace('"clockOffset":0', '"clockOffset":"x"'), /clockOffset/],
  ])('refuses %s and leaves it as it is', async (_what, content, message) => {
    const path = join(folder, 'state.json')
    await writeFile(path, content)
    const { text, exitCode } = await run(['--state', path, '--port', '0'])
    expect(exitCode).toBe(1)
    expect(text.error).toMatch(message)
    expect(text.error).toContain('left as it is')
    expect(await stateOf(path)).toBe(content)
    expect(await readdir(folder)).toEqual(['state.json'])
  })
})
