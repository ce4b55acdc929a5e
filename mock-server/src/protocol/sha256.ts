import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

const encoder = new TextEncoder()

// WebCrypto would hand each of these short texts to another thread, which costs many times the hash itself.

/** The SHA-256 hash of text. */
export function toSha256(text: string): Uint8Array {
  return sha256(encoder.encode(text))
}

/** The HMAC of text with SHA-256 (RFC 2104). */
export function toHmacSha256(secret: Uint8Array, text: string): Uint8Array {
  return hmac(sha256, secret, encoder.encode(text))
}
