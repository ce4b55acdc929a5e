import { findAppSettings } from '../env/app-settings.js'
import { INVOCATION } from '../invocation.js'
import { askChoice, askText, type Question } from '../terminal/ask.js'
import type { Terminal } from '../terminal/terminal.js'

/** What the app is told at build time, and by which of its env files. */
export interface AppSettings {
  readonly clientId: string
  /** Undefined: Spatio's own, which is the client's default. */
  readonly issuer: string | undefined
  readonly file: string
}

/** The flags that answer beforehand. */
export interface SettingsFlags {
  readonly clientId?: string | undefined
  readonly issuer?: string | undefined
  readonly mock?: true | undefined
}

/**
 * The mock as it starts without a flag. Vite reads this file before `.env`, and its templates keep it out of git: what
 * `register` writes for everybody else goes beside it.
 */
export const MOCK_SETTINGS: AppSettings = {
  clientId: 'demo-app',
  issuer: 'http://127.0.0.1:4400',
  file: '.env.local',
}

const CLIENT_ID: Omit<Question, 'message'> = {
  flag: '--client-id',
  what: `the client ID of your app; ${INVOCATION} register gives you one, and --mock needs none`,
}

/** What the flags and the app say; asked for where they say nothing. @throws CliError `flag_missing` */
export async function chooseSettings(
  { mock, clientId, issuer }: SettingsFlags,
  terminal: Terminal,
): Promise<AppSettings> {
  if (mock === true) return MOCK_SETTINGS
  const found = findAppSettings(terminal).clientId
  // Where one is already, another one in a weaker file would be read by nobody.
  const file = found?.file ?? '.env'
  const known = clientId ?? found?.value
  if (known !== undefined) return { clientId: known, issuer, file }
  if (issuer === undefined && (await askAuthority(terminal)) === 'mock') return MOCK_SETTINGS
  const message = 'The client ID of your app? (spatio-auth register gives you one)'
  return { clientId: await askText(terminal, { ...CLIENT_ID, message }), issuer, file }
}

function askAuthority(terminal: Terminal): Promise<'mock' | 'spatio'> {
  return askChoice(terminal, {
    ...CLIENT_ID,
    message: 'Who signs people in?',
    choices: [
      { value: 'mock', label: 'A mock of Spatio on this machine, to try it: no account needed' },
      { value: 'spatio', label: 'Spatio: I have a client ID' },
    ],
  })
}
