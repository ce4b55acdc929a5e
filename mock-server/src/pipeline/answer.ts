import type { ResponseDraft } from './response-draft.js'

/** An answer on its way out: what the transport stage sees. Text leaves in one piece, a stream as it comes. */
export interface Answer {
  status: number
  headers: Headers
  body: string | ReadableStream<Uint8Array> | null
}

// Fetch 2.2.3: these statuses have no body, whatever a fault would put there.
const bodilessStatuses: readonly number[] = [204, 205, 304]

/** A draft as text. */
export function toAnswer({ status, headers, body }: ResponseDraft): Answer {
  if (body.kind === 'empty' || bodilessStatuses.includes(status)) return { status, headers, body: null }
  const mediaType = body.kind === 'json' ? 'application/json' : body.mediaType
  if (!headers.has('Content-Type')) headers.set('Content-Type', mediaType)
  return { status, headers, body: body.kind === 'json' ? JSON.stringify(body.value) : body.text }
}

/** An answer as the web has them. */
export function toResponse({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers })
}

/** All bytes of an answer's body. */
export async function readBytes({ body }: Answer): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body).arrayBuffer())
}
