import { resolve } from 'node:path'
import { CliError, EXIT } from '../cli-error.js'
import { findConflicts, readEnvText, toEnvText, writeEnvText, type EnvConflict } from '../env/env-file.js'
import { ENV_NAMES } from '../env/env-names.js'

/** What will be written, before there is a client ID. */
export interface EnvPlan {
  /** As the user named it. */
  readonly name: string
  readonly path: string
  readonly text: string
  readonly clientIdName: string
  /** Beside the client ID. */
  readonly values: Readonly<Record<string, string>>
  /** Values that are there already; a client ID always is another one. */
  readonly conflicts: readonly EnvConflict[]
}

/** Stands for the client ID that is not there yet. */
const UNKNOWN = '(the new client ID)'

/** @throws CliError `prefix_invalid`, `env_unreadable` */
export function planEnvFile(
  { issuer, prefix }: { issuer: string; prefix: string },
  name: string,
  cwd: string,
): EnvPlan {
  if (!/^([A-Za-z_][A-Za-z0-9_]*)?$/.test(prefix)) {
    throw new CliError('prefix_invalid', `--prefix ${prefix} cannot begin the name of a variable.`, {
      exitCode: EXIT.usage,
    })
  }
  const path = resolve(cwd, name)
  const text = readEnvText(path)
  const clientIdName = prefix + ENV_NAMES.clientId
  const values = { [prefix + ENV_NAMES.issuer]: issuer }
  const conflicts = findConflicts(text, { [clientIdName]: UNKNOWN, ...values })
  return { name, path, text, clientIdName, values, conflicts }
}

/** @throws CliError `env_unwritable` */
export function writeEnvPlan({ path, text, clientIdName, values }: EnvPlan, clientId: string): void {
  writeEnvText(path, toEnvText(text, { [clientIdName]: clientId, ...values }))
}
