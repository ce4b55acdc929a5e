import { join } from 'node:path'
import type { Terminal } from '../terminal/terminal.js'
import { parseEnvText, readEnvText } from './env-file.js'
import { DEFAULT_PREFIX, ENV_NAMES } from './env-names.js'

/** A setting of the app in this folder, and where it was found. */
export interface FoundSetting {
  readonly value: string
  /** The env file; undefined when it is in the environment of the process. */
  readonly file: string | undefined
}

/** What Vite reads in development, the strongest first. */
const FILES = ['.env.development.local', '.env.development', '.env.local', '.env']

/** What the app in the current folder is set up with, as Vite would read it. */
export function findAppSettings({ cwd, env }: Terminal): {
  clientId: FoundSetting | undefined
  issuer: FoundSetting | undefined
} {
  const files = FILES.map((file) => ({ file, values: parseEnvText(readEnvText(join(cwd, file))) }))
  const sources = [{ file: undefined, values: env }, ...files]
  const find = (name: string): FoundSetting | undefined => {
    for (const { file, values } of sources) {
      const value = values[DEFAULT_PREFIX + name]
      if (value !== undefined && value !== '') return { value, file }
    }
    return undefined
  }
  return { clientId: find(ENV_NAMES.clientId), issuer: find(ENV_NAMES.issuer) }
}
