import { createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { closeRuns, run, start } from './support/cli-run.js'
import { redirectUri, send, signIn } from './support/flow.js'
import { toTarget } from './support/port.js'

afterEach(closeRuns)

async function takePort(): Promise<{ port: number; free: () => void }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, free: () => void server.close() }
}

describe('spatio-mock-server', () => {
  it('starts, says it is a mock, and takes users, clients and redirect URIs', async () => {
    const flags = ['--client', 'mine', '--redirect-uri', 'http://localhost:9/cb', '--auto-consent']
    const { text } = await start(['--user', 'Lena Voss <lena@example.com>', ...flags])
    expect(text.out).toContain('MOCK SPATIO AUTHORITY')
    expect(text.out).toContain('Lena Voss')
    expect(text.out).toContain('mine -> http://localhost:9/cb')
  })

  it('answers an unknown flag, a taken port and a bad value with a message and exit code 1', async () => {
    const { port, free } = await takePort()
    const attempts: [args: string[], message: RegExp][] = [
      [['--port', String(port)], /is taken/],
      [['--bogus'], /Unknown option '--bogus'/],
      [['bogus'], /no command "bogus": it is one of start/],
      [['start', 'extra'], /Unexpected argument/],
      [['--port', 'many'], /not a port number/],
      [['--port', '70000'], /not a port number/],
      [['--port', ''], /not a port number/],
      [['--host', '0.0.0.0', '--port', '0'], /does not listen on 0\.0\.0\.0/],
      [['--user', '<>'], /not a name/],
      [['--client', 'x'], /needs at least one --redirect-uri/],
      [['--redirect-uri', 'http://app.example/', '--port', '0'], /http is for loopback/],
      [['--time', 'yesterday', '--port', '0'], /--time yesterday is not a date-time/],
      [['--quiet', '--json'], /Either --quiet or --json/],
      [['--key', 'key.pem', '--port', '0'], /needs both --key and --cert/],
      [
        ['--key', '/nowhere/key.pem', '--cert', '/nowhere/cert.pem'],
        /Cannot read \/nowhere\/key\.pem: ENOENT/,
      ],
      [['--config', '/nowhere/config.json'], /Cannot read --config \/nowhere\/config\.json: ENOENT/],
      [['--state', '/nowhere/state.json', '--port', '0'], /Cannot write the state file .*: ENOENT/],
    ]
    for (const [args, message] of attempts) {
      const { text, exitCode } = await run(args)
      expect(text.error).toMatch(message)
      expect(exitCode, args.join(' ')).toBe(1)
      expect(text.out).toBe('')
    }
    free()
  })

  it.each([['--help'], ['-h'], ['start', '--help'], ['--port', 'x', '--help']])(
    'prints its help: %s',
    async (...args) => {
      const { text, exitCode } = await run(args)
      expect(exitCode).toBe(0)
      expect(text.out).toContain('--redirect-uri')
    },
  )
})

describe('the log of requests', () => {
  it('is a readable line each, without secrets and without anything that steers a terminal', async () => {
    const { text, listener } = await start(['--redirect-uri', redirectUri, '--client', 'app'])
    const tokens = await signIn(toTarget(listener.url))
    await send(toTarget(listener.url), '/oauth2/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'a\u001b[31mb\u202e\nc',
        refresh_token: 'x',
      }),
    })
    expect(text.out).toMatch(
      /\d\d:\d\d:\d\d 200 POST {3}\/oauth2\/token grant=authorization_code client=app user=usr_mira\n/,
    )
    expect(text.out).toMatch(
      /401 POST {3}\/oauth2\/token grant=refresh_token client=a\?\[31mb\?\?c error=invalid_client\n/,
    )
    for (const secret of [tokens.access_token, tokens.refresh_token, tokens.id_token, 'cod_']) {
      expect(text.out).not.toContain(secret)
    }
    expect(text.out).not.toMatch(/\u001b/)
  })

  it('has colours on a terminal only', async () => {
    const { text, listener } = await start([], true)
    await fetch(`${listener.url}/.well-known/jwks.json`)
    expect(text.out).toContain('\u001b[32m200\u001b[39m')
  })

  it('is a JSON line each with --json, the start included', async () => {
    const { text, listener } = await start(['--json'])
    await fetch(`${listener.url}/.well-known/jwks.json`)
    const lines = text.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(lines).toEqual([
      { event: 'listening', issuer: listener.url },
      expect.objectContaining({ endpoint: 'jwks', status: 200, method: 'GET' }),
    ])
  })

  it('is silent with --quiet, and so is the start', async () => {
    const { text, listener } = await start(['--quiet'])
    await fetch(`${listener.url}/.well-known/jwks.json`)
    expect(text).toEqual({ out: '', error: '' })
  })
})
