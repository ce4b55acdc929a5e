import { SpatioAuthError } from './errors.js'
import type { ResolvedOptions } from './options.js'

/** Seconds, 0 among them. */
const DURATIONS = [
  'refreshBefore',
  'requestTimeout',
  'lockTimeout',
  'readyTimeout',
  'transactionLifetime',
  'clockTolerance',
  'maxTokenAge',
] as const

/**
 * Refuses what cannot work, but for the URLs (`secure-url.ts`). What is refused is named; its sentence is among the
 * development messages.
 * @throws SpatioAuthError `config_invalid`
 */
export function validateOptions(options: ResolvedOptions): void {
  const { clientId, storage, idleTimeout, redirectPath, redirectUri, relayPath, silentOnLoad } = options
  demand(typeof clientId === 'string' && clientId !== '', 'clientId')
  demand(options.scope.split(' ').includes('openid'), 'scope')
  demand(typeof storage === 'object' || /^(session|memory|local)$/.test(storage), 'storage')
  for (const name of DURATIONS) demand(Number.isFinite(options[name]) && options[name] >= 0, name)
  demand(options.clockTolerance <= 300, 'clockTolerance > 300')
  demand(idleTimeout === undefined || idleTimeout > 0, 'idleTimeout')
  for (const allowed of options.allowedOrigins)
    demand(URL.canParse(allowed) && new URL(allowed).origin !== 'null', 'allowedOrigins')
  demand(options.docsUrl === undefined || isDocsUrl(options.docsUrl), 'docsUrl')
  demand(redirectUri !== undefined || isPath(redirectPath), 'redirectPath')
  demand(/^(off|redirect|iframe)$/.test(silentOnLoad), 'silentOnLoad')
  if (relayPath === undefined) return demand(silentOnLoad !== 'iframe', 'relayPath is missing')
  demand(isPath(relayPath), 'relayPath')
  // The relay only passes answers on: a redirect that ended there would never be finished.
  const pathOf = (path: string): string => new URL(path, 'http://localhost').pathname
  demand(pathOf(relayPath) !== pathOf(redirectUri ?? redirectPath), 'relayPath is the redirect path')
}

/** Where popups and hidden frames bring their answers. @throws SpatioAuthError `config_invalid` without `relayPath` */
export function requireRelayUri({ relayPath }: ResolvedOptions, origin: string): string {
  demand(relayPath !== undefined, 'relayPath is missing')
  return new URL(relayPath, origin).href
}

/** It only stands in messages, so this is a simpler rule than that of the endpoints. */
function isDocsUrl(value: string): boolean {
  return URL.canParse(value) && /^(https:|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(value)
}

function isPath(value: string): boolean {
  return /^\/(?![/\\])[^#]*$/.test(value)
}

function demand(isRight: boolean, detail: string): asserts isRight {
  if (!isRight) throw new SpatioAuthError('config_invalid', { phase: 'configuration', detail })
}
