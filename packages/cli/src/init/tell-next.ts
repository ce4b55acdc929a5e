import type { Agent } from 'package-manager-detector'
import { createPaint } from '../terminal/paint.js'
import { print, type Terminal } from '../terminal/terminal.js'
import { MOCK_SETTINGS, type AppSettings } from './choose-settings.js'
import { toCommandText } from './install-packages.js'

/** What is known of the app once its files are changed. */
export interface ChangedApp {
  readonly agent: Agent
  readonly settings: AppSettings
  readonly isInstalled: boolean
}

/** Where Vite serves an app unless told otherwise. */
const APP = 'http://localhost:5173'

/** Prints what is left for a person to do, in order. */
export function tellNext({ agent, settings, isInstalled }: ChangedApp, terminal: Terminal): void {
  const paint = createPaint(terminal)
  const own = (...args: string[]): string =>
    paint.accent(toCommandText(agent, 'execute', ['@spatio-labs/auth-cli', ...args]))
  const mock = own('mock', '--client', settings.clientId, '--redirect-uri', `${APP}/`)
  const isMock = settings.issuer === MOCK_SETTINGS.issuer
  const steps = [
    ...(isInstalled ? [] : [paint.strong(toCommandText(agent, 'install'))]),
    isMock
      ? `Start the mock in a second terminal, and leave it open: ${mock}`
      : `Register ${APP}/ as a redirect URI of ${settings.clientId}, if it is not yet`,
    `${paint.strong(toCommandText(agent, 'run', ['dev']))}, open ${APP}/ and click "Sign in with Spatio"`,
  ]
  const otherwise = isMock
    ? [
        `With Spatio itself: ${own('register', '--redirect-uri', `${APP}/`, '--write-env')}`,
        ...(settings.file === '.env' ? [] : [`  then remove both lines from ${settings.file}`]),
      ]
    : [`Without Spatio: ${mock}`, `  and in ${settings.file}  VITE_SPATIO_ISSUER=${MOCK_SETTINGS.issuer}`]
  print(
    terminal,
    '',
    paint.strong('Next'),
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    '',
    ...otherwise,
    `It does not work? ${own('doctor', '--origin', APP)}`,
  )
}
