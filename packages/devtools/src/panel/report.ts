import type { AuthState, SpatioAuth, SpatioAuthError } from '@spatio-labs/auth'
import type { EventLog } from '../event-log.js'
import { listStoredItems } from './stored-items.js'

/**
 * All that helps to find out what went wrong, as Markdown for an issue. No token, no claim's value, no URL with a path:
 * who reads it learns what happened, not to whom.
 */
export function createReport(auth: SpatioAuth, log: EventLog): string {
  const { isRefreshing, pending, expiresAt } = auth.getActivity()
  const items = (['sessionStorage', 'localStorage'] as const).flatMap(listStoredItems)
  const facts = [
    ...toStateFacts(auth.getSnapshot()),
    `access token expires: ${expiresAt === null ? 'unknown' : new Date(expiresAt).toISOString()}`,
    `under way: ${[isRefreshing && 'refresh', pending].filter(Boolean).join(', ') || 'nothing'}`,
    `stored: ${items.map(({ kind, place, size }) => `${kind} in ${place} (${size})`).join(', ') || 'nothing'}`,
    `page: ${location.origin}, ${isSecureContext ? 'secure' : 'not secure'}, ${document.visibilityState}`,
    `browser: ${navigator.userAgent}, ${navigator.onLine ? 'online' : 'offline'}`,
    `locks: ${'locks' in navigator ? 'yes' : 'no'}, cookies: ${navigator.cookieEnabled ? 'yes' : 'no'}`,
  ]
  const events = log.getEntries().map(({ event: { type, at, ...detail } }) => {
    return `${new Date(at).toISOString()} ${type} ${JSON.stringify(detail)}`
  })
  return [
    '## Spatio sign-in report',
    new Date().toISOString(),
    facts.map((fact) => `- ${fact}`).join('\n'),
    '### Events, newest first',
    `\`\`\`\n${events.join('\n')}\n\`\`\``,
  ].join('\n\n')
}

function toStateFacts(state: AuthState): string[] {
  return [
    `state: ${state.status}${state.status === 'unauthenticated' ? ` (${state.reason})` : ''}`,
    `error: ${state.error === null ? 'none' : toErrorFact(state.error)}`,
    `scopes: ${state.scopes.join(' ') || 'none'}`,
    `claims: ${Object.keys(state.user ?? {}).join(' ') || 'none'}`,
  ]
}

/** Without the authority's description: it is text from outside. */
function toErrorFact({ code, phase, retryable, oauth }: SpatioAuthError): string {
  const said = oauth ? `, the authority said ${oauth.error}` : ''
  return `${code} in ${phase}${retryable ? ', retryable' : ''}${said}`
}
