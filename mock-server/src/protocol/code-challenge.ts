import { base64url } from 'jose'
import { toSha256 } from './sha256.js'

const unreserved = /^[A-Za-z0-9\-._~]{43,128}$/

/** Whether text can be a code_verifier or code_challenge: 43 to 128 unreserved characters (RFC 7636 4.1, 4.2). */
export function isPkceText(text: string): boolean {
  return unreserved.test(text)
}

/** The S256 code_challenge of a verifier (RFC 7636 4.2). */
export function toCodeChallenge(verifier: string): string {
  return base64url.encode(toSha256(verifier))
}
