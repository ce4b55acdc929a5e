import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

const encoder = new TextEncoder()

// WebCrypto would hand each of these short texts to another thread, which costs many times the hash itself.

/** The SHA-256 hash of text. */
export function toSha256(text: string): Uint8Array {
  return sha256(encoder.encode(text))
}

/** The HMAC of a text with SHA-256 (RFC 2104), under one secret. */
export type HmacSha256 = (text: string) => Uint8Array

/** Prepares a secret, which costs as much as the HMAC of a short text. */
export function createHmacSha256(secret: Uint8Array): HmacSha256 {
  const keyed = hmac.create(sha256, secret)
  return (text) => keyed.clone().update(encoder.encode(text)).digest()
}
