import { CliError, EXIT } from '../cli-error.js'
import { findAppSettings, type FoundSetting } from '../env/app-settings.js'
import type { Terminal } from '../terminal/terminal.js'
import type { Subject } from './subject.js'

/** What the user says of the app and its authority. */
export interface KnownFlags {
  readonly issuer?: string | undefined
  readonly clientId?: string | undefined
  readonly redirectUri?: string | undefined
  readonly origin?: string | undefined
}

/** What is examined, and where a value that was not given comes from. */
export type Known = Pick<Subject, 'issuer' | 'clientId' | 'redirectUri' | 'origin'> & {
  readonly sources: Readonly<Partial<Record<'issuer' | 'clientId', string>>>
}

/** Fills in from the app's own settings what was not given. @throws CliError `flag_invalid` */
export function toKnown(flags: KnownFlags, terminal: Terminal): Known {
  const found = findAppSettings(terminal)
  const issuer = flags.issuer ?? found.issuer?.value ?? 'https://api.spatio.app'
  const clientId = flags.clientId ?? found.clientId?.value
  requireUrl('--issuer', issuer)
  const origin = flags.origin === undefined ? undefined : requireUrl('--origin', flags.origin).origin
  const redirectUri = flags.redirectUri ?? (origin === undefined ? undefined : `${origin}/`)
  const callback = redirectUri === undefined ? undefined : requireUrl('--redirect-uri', redirectUri)
  return {
    issuer,
    clientId,
    redirectUri,
    origin: origin ?? callback?.origin,
    sources: {
      ...(flags.issuer === undefined && found.issuer && { issuer: toSource(found.issuer) }),
      ...(flags.clientId === undefined && found.clientId && { clientId: toSource(found.clientId) }),
    },
  }
}

function toSource({ file }: FoundSetting): string {
  return file ?? 'the environment'
}

function requireUrl(flag: string, value: string): URL {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return new URL(value)
  throw new CliError('flag_invalid', `${flag} ${value} is not an http or https URL.`, {
    exitCode: EXIT.usage,
  })
}
