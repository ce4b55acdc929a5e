import { base64url } from 'jose'

/** The signing input of a JWS (RFC 7515 5.1). */
export function toSigningInput(header: Record<string, unknown>, payload: string): string {
  return `${base64url.encode(JSON.stringify(header))}.${base64url.encode(payload)}`
}
