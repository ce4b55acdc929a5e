import { ROOT } from './install.js'

/** The variables of the environment that a test, or a tool it runs, asks for. */
export const VARIABLES = [
  ...['ALL_FRAMEWORKS', 'CALLBACK_RUNS', 'EVERY_ENDPOINT'],
  ...['CI', 'FORCE_COLOR', 'LANG', 'LC_ALL', 'NODE_ENV', 'NODE_OPTIONS', 'NO_COLOR', 'TZ'],
]

/** All that the result of a check may depend on beside files and the browser. */
export function describeMachine() {
  const { platform, arch, version, env } = process
  return JSON.stringify([ROOT, platform, arch, version, VARIABLES.map((name) => env[name])])
}
