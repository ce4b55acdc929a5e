import { writeFile, rm } from 'node:fs/promises'
import { MockServerError } from '../mock-server-error.js'
import type { MockServer } from '../mock-server.js'
import type { CliOutput } from './cli-output.js'

/*
 * How the admin's token gets to whoever may have it. Standard output carries the request log, which CI keeps and
 * people paste, so the token is never written there, nor in `--json`. A person at a terminal reads it on standard
 * error, and only when that is a terminal; a script names a file, which its owner alone can read. It is not taken
 * from the environment or an argument: those are shown by `ps`, inherited by every child, and outlive the start.
 */

/** Tells the token: to the terminal, when there is one, and into the file, when one is named. */
export async function tellAdminToken(
  { issuer, adminToken }: Pick<MockServer, 'issuer' | 'adminToken'>,
  path: string | undefined,
  output: CliOutput,
): Promise<void> {
  if (path !== undefined) await writeToken(path, adminToken)
  if (!output.isErrorTerminal) return
  output.error(`  admin      ${issuer}/__mock\n             X-Mock-Token: ${adminToken}\n\n`)
}

async function writeToken(path: string, token: string): Promise<void> {
  try {
    // A file of an earlier start may be readable by others: a mode is only given to a new one.
    await rm(path, { force: true })
    await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    throw new MockServerError('invalid_option', `Cannot write --admin-token-file ${path}: ${code}`, { cause })
  }
}
