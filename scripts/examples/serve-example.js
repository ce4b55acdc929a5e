import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Milliseconds a built app may take to answer, and between two looks. */
const START_LIMIT = 30_000
const LOOK_AGAIN = 100

/**
 * Serves a built example until it is closed.
 *
 * @param {string} folder
 * @param {string[]} server
 * @param {number} port
 * @param {Record<string, string>} env
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 * @throws {Error} with what it printed, when it does not answer
 */
export async function serveExample(folder, server, port, env) {
  const withPort = server.at(-1) === '--port' ? [...server, String(port)] : server
  const child = spawn(process.execPath, withPort, {
    cwd: folder,
    env: { ...process.env, ...env, NODE_ENV: 'production', HOST: 'localhost', PORT: String(port) },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
  const ended = once(child, 'close')
  const close = async () => {
    child.kill()
    await ended
  }
  const url = `http://localhost:${port}`
  const deadline = Date.now() + START_LIMIT
  while (!(await answers(url))) {
    if (child.exitCode === null && Date.now() < deadline) continue
    await close()
    throw new Error(`${url} does not answer:\n${output}`)
  }
  return { url, close }
}

/** @param {string} url */
async function answers(url) {
  const isThere = await fetch(url).then(
    ({ status }) => status === 200,
    () => false,
  )
  if (!isThere) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN))
  return isThere
}
