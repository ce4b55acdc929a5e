import { toInvalidOption } from './refused-request.js'

/** Characters of JSON an `appState` may have: it shares the tab's storage with everything else. */
const LONGEST = 16_384

/**
 * The app's own words for its callback. They stay in this tab's storage and never travel in `state`
 * (OAuth 2.1 4.1.1), and only what JSON keeps whole comes back whole.
 * @throws SpatioAuthError `config_invalid`
 */
export function validateAppState(appState: unknown): void {
  if (appState === undefined) return
  let text: string | undefined
  try {
    text = JSON.stringify(appState, refuseCode)
  } catch {
    // A circle, a bigint, code: as little JSON as what is written as nothing.
  }
  if (text === undefined) throw toInvalidOption('appState is not JSON')
  if (text.length > LONGEST) throw toInvalidOption(`appState is longer than ${LONGEST} characters`)
}

/** JSON leaves functions and symbols out in silence. */
function refuseCode(_key: string, value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError('not data')
  return value
}
