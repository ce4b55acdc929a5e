import type { EndpointName, Exchange } from '../pipeline/exchange.js'
import { decodeComponent, type RequestParameters } from '../protocol/request-parameters.js'

/** A request as it came, secrets and all: what is looked at later. It never leaves the watch. */
export interface Sighting {
  /** Its id in the log. */
  readonly id: number
  readonly endpoint: EndpointName
  readonly method: string
  readonly path: string
  readonly query: RequestParameters
  readonly form: RequestParameters
  readonly headers: Headers
  /** True when the connection ended without an answer: then sending it again is no second use. */
  isUnanswered: boolean
}

/** What is kept of a request; the request itself would keep its socket, and so would its own headers on a port. */
export function toSighting({ request, endpoint, path, query, form }: Exchange, id: number): Sighting {
  const { method } = request
  const headers = new Headers(request.headers)
  return { id, endpoint, method, path, query, form, headers, isUnanswered: false }
}

/** The name and the secret of an HTTP Basic header, decoded (RFC 6749 2.3.1); nothing without one. */
export function findBasicCredentials({ headers }: Sighting): string[] {
  const encoded = /^Basic +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (encoded === undefined) return []
  try {
    const text = atob(encoded)
    const separator = text.indexOf(':')
    return [text.slice(0, separator), text.slice(separator + 1)].map((part) => decodeComponent(part) ?? part)
  } catch {
    return []
  }
}

/** The token of a Bearer header. */
export function findBearerText({ headers }: Sighting): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
}
