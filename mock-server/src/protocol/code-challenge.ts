import { base64url } from 'jose'

const unreserved = /^[A-Za-z0-9\-._~]{43,128}$/

/** Whether text can be a code_verifier or code_challenge: 43 to 128 unreserved characters (RFC 7636 4.1, 4.2). */
export function isPkceText(text: string): boolean {
  return unreserved.test(text)
}

/** The S256 code_challenge of a verifier (RFC 7636 4.2). */
export async function toCodeChallenge(verifier: string, subtle: SubtleCrypto): Promise<string> {
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return base64url.encode(new Uint8Array(digest))
}
