import type { ResponseDraft } from './response-draft.js'

/**
 * An answer on its way out: what the transport stage sees. `body`: bytes leave in one piece, a stream as it comes;
 * null where there is none.
 */
export interface Answer {
  status: number
  headers: Headers
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null
}

// Fetch 2.2.3: these statuses have no body, whatever a fault would put there.
const bodilessStatuses: readonly number[] = [204, 205, 304]
const encoder = new TextEncoder()

/** A draft as bytes. */
export function toAnswer({ status, headers, body }: ResponseDraft): Answer {
  if (body.kind === 'empty' || bodilessStatuses.includes(status)) return { status, headers, body: null }
  const mediaType = body.kind === 'json' ? 'application/json' : body.mediaType
  if (!headers.has('Content-Type')) headers.set('Content-Type', mediaType)
  const text = body.kind === 'json' ? JSON.stringify(body.value) : body.text
  return { status, headers, body: encoder.encode(text) }
}

/** An answer as the web has them. */
export function toResponse({ status, headers, body }: Answer): Response {
  return new Response(bodilessStatuses.includes(status) ? null : body, { status, headers })
}

/** All bytes of an answer's body. */
export async function readBytes({ body }: Answer): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body).arrayBuffer())
}
