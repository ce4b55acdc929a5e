import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  authorize,
  confirm,
  CookieJar,
  getAnswer,
  openConsentPage,
  readTokens,
  redeem,
  redirectUri,
  refresh,
  send,
  type Tokens,
} from './support/flow.js'
import { buildCli, startCli, type CliProcess } from './support/cli-process.js'
import { toTarget } from './support/port.js'

const client = ['--client', 'app', '--redirect-uri', redirectUri]
const running: CliProcess[] = []
let cli: Awaited<ReturnType<typeof buildCli>>
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spatio-mock-'))
  cli = await buildCli()
}, 60_000)

afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL')
  await Promise.all(running.map(({ ended }) => ended))
  await Promise.all([cli.remove(), rm(folder, { recursive: true })])
})

function start(...args: string[]): CliProcess {
  const started = startCli(cli.path, args)
  running.push(started)
  return started
}

async function signIn(issuer: string, jar: CookieJar): Promise<Tokens> {
  const target = toTarget(issuer)
  const answer = getAnswer(await confirm(target, jar, await openConsentPage(target, jar)))
  return readTokens(await redeem(target, answer['code'] ?? ''))
}

describe('a demo', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('survives a restart after %s', async (signal) => {
    const state = join(folder, `${signal}.json`)
    const first = start('--port', '0', '--state', state, ...client)
    const issuer = await first.listening
    const jar = new CookieJar()
    const tokens = await signIn(issuer, jar)
    const refreshed = await readTokens(await refresh(toTarget(issuer), tokens.refresh_token))
    const page = await openConsentPage(toTarget(issuer), jar, { prompt: 'login' })
    const jwks = await (await send(toTarget(issuer), '/.well-known/jwks.json')).text()
    first.child.kill(signal)
    expect(await first.ended).toBe(signal === 'SIGTERM' ? 0 : 'SIGKILL')

    const second = start('--port', new URL(issuer).port, '--state', state)
    expect(await second.listening).toBe(issuer)
    const target = toTarget(issuer)
    expect(await (await send(target, '/.well-known/jwks.json')).text()).toBe(jwks)
    const silent = getAnswer(await authorize(target, { prompt: 'none' }, jar.header))
    const again = await readTokens(await redeem(target, silent['code'] ?? ''))
    expect(decodeJwt(again.id_token).sub).toBe('usr_mira')
    expect((await confirm(target, jar, page)).status).toBe(303)
    const next = await readTokens(await refresh(target, refreshed.refresh_token))
    // The refresh token used before the restart is still known as used.
    expect((await refresh(target, tokens.refresh_token)).status).toBe(400)
    expect((await refresh(target, next.refresh_token)).status).toBe(400)
  })
})

describe('the process', () => {
  it('ends with a message and exit code 1 for a flag, a port or a state file it cannot take', async () => {
    const foreign = join(folder, 'foreign.json')
    await writeFile(foreign, '{"format":"spatio-mock-server-state","version":2}')
    const holder = start('--port', '0')
    const taken = start('--port', new URL(await holder.listening).port)
    const attempts: [CliProcess, RegExp][] = [
      [start('--bogus'), /^spatio-mock-server: Unknown option '--bogus'/],
      [taken, /is taken/],
      [start('--port', '0', '--state', foreign), /has version 2/],
    ]
    for (const [attempt, message] of attempts) {
      expect(await attempt.ended).toBe(1)
      expect(attempt.text.error).toMatch(message)
      expect(attempt.text.error).not.toMatch(/\n +at /)
    }
    expect(await readFile(foreign, 'utf8')).toBe('{"format":"spatio-mock-server-state","version":2}')
    holder.child.kill('SIGTERM')
  })

  it('refuses production, saying why, and starts there when forced', async () => {
    const refused = startCli(cli.path, ['--port', '0'], { NODE_ENV: 'production' })
    expect(await refused.ended).toBe(1)
    expect(refused.text.error).toMatch(/signs anyone in .* does not start with NODE_ENV=production/)
    const forced = startCli(cli.path, ['--port', '0', '--force'], { NODE_ENV: 'production' })
    running.push(forced)
    await forced.listening
    forced.child.kill('SIGTERM')
    expect(await forced.ended).toBe(0)
  })

  it('gives two runs with one seed the same tokens, byte for byte', async () => {
    const run = async (port: string): Promise<{ issuer: string; tokens: Tokens }> => {
      const process = start('--port', port, '--seed', 'demo', ...client)
      const issuer = await process.listening
      const tokens = await signIn(issuer, new CookieJar())
      process.child.kill('SIGTERM')
      await process.ended
      return { issuer, tokens }
    }
    const first = await run('0')
    const second = await run(new URL(first.issuer).port)
    expect(second).toEqual(first)
  })
})
