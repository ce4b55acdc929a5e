import { base64url } from 'jose'
import { isConstantTimeEqual } from './constant-time-equal.js'
import { toHmacSha256 } from './sha256.js'
import { toSigningInput } from './signing-input.js'

/** A JWT signed with HS256 (RFC 7518 3.2) that its signer alone reads; `type` keeps it apart from any other. */
export function signHs256Jwt(payload: object, type: string, secret: Uint8Array): string {
  const input = toSigningInput({ alg: 'HS256', typ: type }, JSON.stringify(payload))
  return `${input}.${base64url.encode(toHmacSha256(secret, input))}`
}

/** The payload, as it was signed; undefined when the signature or the type is another. */
export function openHs256Jwt(jwt: string, type: string, secret: Uint8Array): object | undefined {
  const [header = '', payload = '', signature = '', ...rest] = jwt.split('.')
  if (rest.length > 0 || header !== toSigningInput({ alg: 'HS256', typ: type }, '').slice(0, -1))
    return undefined
  const expected = base64url.encode(toHmacSha256(secret, `${header}.${payload}`))
  if (!isConstantTimeEqual(signature, expected)) return undefined
  return JSON.parse(new TextDecoder().decode(base64url.decode(payload))) as object
}
