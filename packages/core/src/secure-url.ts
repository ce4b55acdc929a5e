import type { SpatioAuthErrorCode } from './error-code.js'
import { SpatioAuthError } from './errors.js'
import type { FrontOptions } from './options.js'

/** https anywhere, http on this machine only (OAuth 2.1 1.5). */
export function isSecureUrl({ protocol, hostname }: URL): boolean {
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname))
  )
}

/** @throws SpatioAuthError `config_invalid`, `insecure_endpoint` */
export function validateUrls({ issuer, redirectUri }: Pick<FrontOptions, 'issuer' | 'redirectUri'>): void {
  // An issuer has no query or fragment (RFC 8414 2), a redirect URI no fragment (OAuth 2.1 2.3).
  requireSecureUrl('issuer', issuer, /[?#]|:\/\/[^/]*@/)
  if (redirectUri !== undefined) requireSecureUrl('redirectUri', redirectUri, /#/)
}

function requireSecureUrl(name: string, value: string, excluded: RegExp): void {
  if (excluded.test(value) || !URL.canParse(value)) throw refuse('config_invalid', name)
  if (!isSecureUrl(new URL(value))) throw refuse('insecure_endpoint', name)
}

function refuse(code: SpatioAuthErrorCode, detail: string): SpatioAuthError {
  return new SpatioAuthError(code, { phase: 'configuration', detail })
}
