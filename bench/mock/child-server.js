import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { send } from './http-client.js'

const deadline = 20_000
const reporter = new URL('report-processor-time.js', import.meta.url).href

/**
 * Starts a server in a process of its own and waits for its first discovery answer.
 *
 * @param {string} name of a file in servers/
 * @returns {Promise<{ milliseconds: number, metadata: any, processorTime: () => Promise<number>, close: () => Promise<void> }>}
 */
export async function startServer(name) {
  const port = await findFreePort()
  const file = fileURLToPath(new URL(`servers/${name}.js`, import.meta.url))
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--import', reporter, file, String(port)], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const answer = await firstAnswer(`http://127.0.0.1:${port}/.well-known/openid-configuration`, startedAt)
  const milliseconds = performance.now() - startedAt
  /** Milliseconds the server's process has taken so far. */
  const processorTime = async () => {
    child.send('')
    const [milliseconds] = await once(child, 'message')
    return milliseconds
  }
  const close = async () => {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return { milliseconds, metadata: JSON.parse(answer), processorTime, close }
}

/** @param {string} url @param {number} startedAt @returns {Promise<string>} */
async function firstAnswer(url, startedAt) {
  while (performance.now() - startedAt < deadline) {
    const answer = await send(url).catch(() => undefined)
    if (answer?.status === 200) return answer.body
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error(`${url} does not answer`)
}

/** @returns {Promise<number>} */
async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('There is no free port')
  return address.port
}
