import { existsSync, writeFileSync } from 'node:fs'
import { CliError } from '../cli-error.js'

/** @throws CliError `token_file_exists`: a token in it would be lost */
export function requireNewFile(path: string): void {
  if (!existsSync(path)) return
  throw new CliError('token_file_exists', `${path} exists already. Nothing was registered.`, {
    fix: 'Name another --token-file.',
  })
}

/** Writes a secret into a new file that only its owner can read. @throws CliError `token_file_unwritable` */
export function writeOwnFile(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new CliError('token_file_unwritable', `${path} cannot be written (${code}).`)
  }
}
