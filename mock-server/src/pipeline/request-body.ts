import { parseParameters, type RequestParameters } from '../protocol/request-parameters.js'

/** The body of a request, read once and parsed once. */
export type RequestBody =
  | { kind: 'none' }
  | { kind: 'form'; parameters: RequestParameters }
  | { kind: 'json'; value: unknown }
  | { kind: 'malformed'; mediaType: string }
  | { kind: 'unsupported'; mediaType: string }
  | { kind: 'too-large' }

/** Bytes a request body may have; a Spatio request needs a fraction of it. */
export const maximumBodySize = 65_536

/** Reads the body of a request, up to the cap, and parses it by its media type. */
export async function processRequestBody(request: Request): Promise<RequestBody> {
  if (request.method === 'GET' || request.method === 'HEAD') return { kind: 'none' }
  if (getDeclaredLength(request) > maximumBodySize) return { kind: 'too-large' }
  const bytes = await readBytes(request)
  if (bytes === undefined) return { kind: 'too-large' }
  if (bytes.length === 0) return { kind: 'none' }
  const mediaType = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return toRequestBody(bytes, mediaType)
}

/** The bytes the sender says there are; HTTP holds it to them. 0 when it does not say. */
function getDeclaredLength(request: Request): number {
  return Number(request.headers.get('content-length') ?? 0)
}

/**
 * A body without a length is read as a stream, so that it can be stopped. Firefox has `Request.body` in no
 * release of our baseline: there every body is read whole before it is measured.
 */
async function readBytes(
  request: Request & { readonly body?: ReadableStream<Uint8Array> | null },
): Promise<Uint8Array | undefined> {
  if (getDeclaredLength(request) === 0 && request.body) return readStream(request.body)
  const bytes = new Uint8Array(await request.arrayBuffer())
  return bytes.length > maximumBodySize ? undefined : bytes
}

async function readStream(stream: ReadableStream<Uint8Array>): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > maximumBodySize) {
      await reader.cancel()
      return undefined
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

function toRequestBody(bytes: Uint8Array, mediaType: string): RequestBody {
  const isForm = mediaType === 'application/x-www-form-urlencoded'
  if (!isForm && mediaType !== 'application/json') return { kind: 'unsupported', mediaType }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (isForm) return { kind: 'form', parameters: parseParameters(text) }
    return { kind: 'json', value: JSON.parse(text) as unknown }
  } catch {
    return { kind: 'malformed', mediaType }
  }
}
