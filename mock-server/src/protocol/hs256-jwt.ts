import { base64url } from 'jose'
import { isConstantTimeEqual } from './constant-time-equal.js'
import { toHmacSha256 } from './sha256.js'

/** A JWT signed with HS256 (RFC 7518 3.2) that its signer alone reads; `type` keeps it apart from any other. */
export function signHs256Jwt(payload: object, type: string, secret: Uint8Array): string {
  const input = `${toHeader(type)}.${base64url.encode(JSON.stringify(payload))}`
  return `${input}.${toSignature(input, secret)}`
}

/** The payload, as it was signed; undefined when the signature or the header is another. */
export function openHs256Jwt(jwt: string, type: string, secret: Uint8Array): object | undefined {
  const [header, payload = '', signature = '', ...rest] = jwt.split('.')
  if (rest.length > 0 || header !== toHeader(type)) return undefined
  if (!isConstantTimeEqual(signature, toSignature(`${header}.${payload}`, secret))) return undefined
  return JSON.parse(new TextDecoder().decode(base64url.decode(payload))) as object
}

function toHeader(type: string): string {
  return base64url.encode(JSON.stringify({ alg: 'HS256', typ: type }))
}

function toSignature(input: string, secret: Uint8Array): string {
  return base64url.encode(toHmacSha256(secret, input))
}
