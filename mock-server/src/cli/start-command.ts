import { readFile } from 'node:fs/promises'
import type { Listener, ListenOptions } from '../listener.js'
import { MockServerError } from '../mock-server-error.js'
import { createNodeMockServer, type NodeMockServer } from '../node-mock-server.js'
import type { MockServerOptions } from '../mock-server-options.js'
import { tellAdminToken } from './admin-token.js'
import { createBanner } from './banner.js'
import type { CliOutput, CliRun, Command } from './cli-output.js'
import { createRequestLogger } from './request-logger.js'
import { parseStartArguments, startHelp } from './start-arguments.js'
import { mergeSettings, type StartSettings } from './start-settings.js'
import type { StateFile } from './state-file.js'

/** `spatio-mock-server start`: opens a port and answers until it is stopped. */
export const startCommand: Command = { help: startHelp, run: start }

async function start(args: readonly string[], output: CliOutput): Promise<CliRun> {
  const settings = await loadSettings(args)
  const { port = 4400, host = '127.0.0.1', force = false, log = 'text' } = settings
  const tls = await readTls(settings)
  const file = await loadStateFile(settings.state)
  const write = createRequestLogger(log, output)
  const mock: NodeMockServer = createNodeMockServer({
    ...toOptions(settings, file),
    onAnswer: async (request) => {
      await file?.save(mock.saveState)
      write(request)
    },
    onUnexpectedError: (error) => output.error(`spatio-mock-server: ${String(error)}\n`),
  })
  // A file that cannot be written is told before anyone relies on it.
  await file?.save(mock.saveState)
  const listener = await mock.listen({ port, host, force, ...(tls ? { tls } : {}) })
  if (log !== 'none') output.out(createBanner(mock, { log, state: settings.state, seed: settings.seed }))
  await tellOrClose(listener, () => tellAdminToken(mock, settings.adminTokenFile, output))
  return { listener: file ? keepAtEnd(listener, file, mock) : listener, mock }
}

async function loadSettings(args: readonly string[]): Promise<StartSettings> {
  const { config, settings } = parseStartArguments(args)
  if (config === undefined) return settings
  const { loadConfigFile } = await import('./config-file.js')
  return mergeSettings(await loadConfigFile(config), settings)
}

async function loadStateFile(path: string | undefined): Promise<StateFile | undefined> {
  if (path === undefined) return undefined
  const { openStateFile } = await import('./state-file.js')
  return openStateFile(path)
}

/** The options the mock takes, out of all that the command takes. */
function toOptions(settings: StartSettings, file: StateFile | undefined): MockServerOptions {
  const { port, host, force, key, cert, log, adminTokenFile, time, state: _path, ...rest } = settings
  const { users = [], ...options } = rest
  void [port, host, force, key, cert, log, adminTokenFile]
  const clock = toClock(time)
  return {
    ...options,
    ...(users.length > 0 ? { users } : {}),
    ...(clock ? { clock } : {}),
    ...(file?.state ? { state: file.state } : {}),
  }
}

function toClock(time: string | undefined): (() => number) | undefined {
  if (time === undefined) return undefined
  if (time === 'now') return () => Date.now()
  const instant = Date.parse(time)
  if (Number.isNaN(instant)) {
    throw new MockServerError('invalid_option', `--time ${time} is not a date-time, and not "now"`)
  }
  return () => instant
}

async function readTls({ key, cert }: StartSettings): Promise<ListenOptions['tls']> {
  if (key === undefined && cert === undefined) return undefined
  if (key === undefined || cert === undefined) {
    throw new MockServerError('invalid_option', 'HTTPS needs both --key and --cert')
  }
  return { key: await readPem(key), cert: await readPem(cert) }
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    throw new MockServerError('invalid_option', `Cannot read ${path}: ${code}`, { cause })
  }
}

/** A start that cannot be told of does not leave its port open. */
async function tellOrClose(listener: Listener, tell: () => Promise<void>): Promise<void> {
  try {
    await tell()
  } catch (error) {
    await listener.close()
    throw error
  }
}

/** What changed outside of a request, such as the clock, is kept when the port closes. */
function keepAtEnd(listener: Listener, file: StateFile, mock: NodeMockServer): Listener {
  return {
    ...listener,
    close: async () => {
      await listener.close()
      await file.save(mock.saveState)
    },
  }
}
