import { createServer } from 'node:net'

/** A port that was asked for is in use, or is not a port. */
export class PortError extends Error {
  /**
   * @param {'port_taken' | 'port_invalid'} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message)
    this.name = 'PortError'
    this.code = code
  }
}

/**
 * A free port: the one asked for or an error, else the preferred one, else any.
 *
 * @param {{ asked: number | undefined, preferred: number, what: string, except?: number }} wish `asked: 0` means any
 * @returns {Promise<number>}
 */
export async function findPort({ asked, preferred, what, except }) {
  if (asked === undefined) {
    if (preferred !== except && (await isFree(preferred))) return preferred
    return findAnyPort()
  }
  if (asked === 0) return findAnyPort()
  if (!Number.isInteger(asked) || asked < 0 || asked > 65_535) {
    throw new PortError('port_invalid', `${asked} is not a port. Give a number from 1 to 65535 for ${what}.`)
  }
  if (asked === except || !(await isFree(asked))) {
    throw new PortError(
      'port_taken',
      `Port ${asked} is taken, so ${what} cannot use it. Stop what runs there, give another port, or give none.`,
    )
  }
  return asked
}

/**
 * Free on both loopback addresses: a browser asks `localhost` at ::1 first and would meet whoever listens there.
 *
 * @param {number} port
 */
async function isFree(port) {
  const [v4, v6] = await Promise.all([listen(port, '127.0.0.1'), listen(port, '::1')])
  return v4 === port && (v6 === port || v6 === 'no_address')
}

async function findAnyPort() {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const port = await listen(0, '127.0.0.1')
    if (typeof port === 'number' && (await isFree(port))) return port
  }
  throw new PortError('port_taken', 'No free port was found on this machine.')
}

/**
 * Listens for a moment.
 *
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number | 'taken' | 'no_address'>}
 */
function listen(port, host) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT' ? 'no_address' : 'taken')
    })
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 'taken'))
    })
  })
}
