import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { closeRuns, run, start } from './support/cli-run.js'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spatio-mock-'))
})

afterEach(async () => {
  await closeRuns()
  await rm(folder, { recursive: true })
})

it('writes the token of the admin into a file for its owner, with which a fault is added over HTTP', async () => {
  const path = join(folder, 'token')
  await writeFile(path, 'of an earlier start', { mode: 0o644 })
  const { listener, text } = await start(['--admin-token-file', path, '--json'])
  const token = (await readFile(path, 'utf8')).trim()
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const added = await fetch(`${listener.url}/__mock/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-mock-token': token },
    body: JSON.stringify({ name: 'jwks.500' }),
  })
  expect(added.status).toBe(201)
  expect((await fetch(`${listener.url}/.well-known/jwks.json`)).status).toBe(500)
  expect(text.out).toContain('"faults":["jwks.500"]')
  expect(text.out + text.error).not.toContain(token)
})

it('shows the token on standard error, and only at a terminal', async () => {
  const { text, listener } = await start([], false, true)
  expect(text.error).toContain(`admin      ${listener.url}/__mock`)
  const token = /X-Mock-Token: (\S+)/.exec(text.error)?.[1] ?? ''
  const headers = { 'x-mock-token': token }
  expect((await fetch(`${listener.url}/__mock/faults`, { headers })).status).toBe(200)
  expect(text.out).not.toContain(token)
  const { text: piped } = await start([])
  expect(piped.error).toBe('')
})

it('refuses a file it cannot write, and leaves no port open', async () => {
  const path = join(folder, 'missing', 'token')
  const { text, exitCode } = await run(['--port', '0', '--admin-token-file', path])
  expect(exitCode).toBe(1)
  expect(text.error).toMatch(/Cannot write --admin-token-file .*: ENOENT/)
})
