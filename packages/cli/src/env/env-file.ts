import { readFileSync, writeFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { CliError } from '../cli-error.js'

/** A variable that has another value in the file already. */
export interface EnvConflict {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** The text of an env file; empty when there is none. @throws CliError `env_unreadable` */
export function readEnvText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return ''
    throw new CliError('env_unreadable', `${path} cannot be read (${code}).`)
  }
}

/** The variables of an env file's text, as Node reads them. */
export function parseEnvText(text: string): Record<string, string> {
  const parsed = parseEnv(text)
  return Object.fromEntries(Object.entries(parsed).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

/** What would be overwritten; a variable that is there without a value is free. */
export function findConflicts(text: string, values: Readonly<Record<string, string>>): EnvConflict[] {
  const existing = parseEnvText(text)
  return Object.entries(values).flatMap(([name, after]) => {
    const before = existing[name]
    return before === undefined || before === after ? [] : [{ name, before, after }]
  })
}

/** The text with these values; every other line stays as it is. */
export function toEnvText(text: string, values: Readonly<Record<string, string>>): string {
  let result = text
  for (const [name, value] of Object.entries(values)) result = setLine(result, name, value)
  return result
}

function setLine(text: string, name: string, value: string): string {
  const line = `${name}=${value}`
  const existing = new RegExp(`^([ \\t]*(?:export[ \\t]+)?)${name}[ \\t]*=.*$`, 'gm')
  // A function: a "$" in a value is no pattern.
  if (existing.test(text)) return text.replace(existing, (_line, lead: string) => `${lead}${line}`)
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`
  return `${start}${line}\n`
}

/** @throws CliError `env_unwritable` */
export function writeEnvText(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new CliError('env_unwritable', `${path} cannot be written (${code}).`)
  }
}
