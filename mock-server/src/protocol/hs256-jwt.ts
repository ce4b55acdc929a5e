import { base64url } from 'jose'
import { isConstantTimeEqual } from './constant-time-equal.js'
import type { HmacSha256 } from './sha256.js'

/** JWTs signed with HS256 (RFC 7518 3.2) that their signer alone reads. */
export interface Hs256Jwts {
  sign(payload: object): string
  /** The payload, as it was signed; undefined when the signature or the header is another. */
  open(jwt: string): object | undefined
}

/** JWTs of one `type`, which keeps them apart from any other. */
export function createHs256Jwts(type: string, toHmac: HmacSha256): Hs256Jwts {
  const ownHeader = base64url.encode(JSON.stringify({ alg: 'HS256', typ: type }))
  const toSignature = (input: string): string => base64url.encode(toHmac(input))
  return {
    sign: (payload) => {
      const input = `${ownHeader}.${base64url.encode(JSON.stringify(payload))}`
      return `${input}.${toSignature(input)}`
    },
    open: (jwt) => {
      const [header, payload = '', signature = '', ...rest] = jwt.split('.')
      if (rest.length > 0 || header !== ownHeader) return undefined
      if (!isConstantTimeEqual(signature, toSignature(`${header}.${payload}`))) return undefined
      return JSON.parse(new TextDecoder().decode(base64url.decode(payload))) as object
    },
  }
}
