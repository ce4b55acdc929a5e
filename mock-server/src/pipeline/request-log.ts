import type { EndpointName, Exchange } from './exchange.js'

/** A request as the log keeps it. Secrets are replaced by `[redacted]`. */
export interface LoggedRequest {
  /** Counts from 1. */
  readonly id: number
  /** Milliseconds since the epoch, by the authority's clock. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly endpoint: EndpointName
  /** `grant_type` of a token request. */
  readonly grant: string | undefined
  readonly clientId: string | undefined
  readonly sub: string | undefined
  readonly origin: string | undefined
  /** The query's and the form's parameters. */
  readonly parameters: Readonly<Record<string, string>>
  /** Undefined while the answer is being made, and when the connection ended without one. */
  readonly status: number | undefined
  /** `error` of an OAuth error answer or of an authorization response. */
  readonly error: string | undefined
  /** Names of the faults that changed the answer. */
  readonly faults: readonly string[]
}

/** Which requests to list. */
export interface RequestFilter {
  endpoint?: EndpointName
  grant?: string
  clientId?: string
}

/** The requests an authority has received, oldest first. */
export interface RequestLog {
  /** Notes a request; the returned function adds how it ended, and yields the whole entry. */
  start(
    exchange: Exchange,
  ): (end: { status: number | undefined; error?: string | undefined }) => LoggedRequest
  list(filter?: RequestFilter): LoggedRequest[]
  /** The id of the newest request; 0 before the first. */
  lastId(): number
  clear(): void
}

type MutableEntry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] }

const secretParameters: ReadonlySet<string> = new Set([
  'code',
  'code_verifier',
  'refresh_token',
  'access_token',
  'token',
  'client_secret',
  'csrf',
  'request',
  'client_assertion',
  'assertion',
  'id_token',
  'id_token_hint',
  'password',
])
// What is no secret by its name can still hold one: our tokens, and any JWT.
const secretText = /(?:cod|tok|rft|pat|sec|rat|ses|grt)_[\w-]{8,}|eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g
// A log that grows for ever is a leak in a mock that runs for days.
const capacity = 2_000

/** An empty request log. */
export function createRequestLog(): RequestLog {
  let entries: MutableEntry[] = []
  let count = 0
  return {
    start: (exchange) => {
      count += 1
      const entry = toEntry(exchange, count)
      entries.push(entry)
      if (entries.length > capacity) entries = entries.slice(-capacity / 2)
      return ({ status, error }) => {
        entry.clientId = redact(exchange.clientId)
        entry.sub = exchange.sub
        entry.status = status
        entry.error = error
        entry.faults = [...exchange.appliedFaults]
        return { ...entry }
      }
    },
    list: (filter = {}) => entries.filter((entry) => isMatch(entry, filter)).map((entry) => ({ ...entry })),
    lastId: () => count,
    clear: () => {
      entries = []
    },
  }
}

function isMatch(entry: LoggedRequest, filter: RequestFilter): boolean {
  if (filter.endpoint !== undefined && filter.endpoint !== entry.endpoint) return false
  if (filter.grant !== undefined && filter.grant !== entry.grant) return false
  return filter.clientId === undefined || filter.clientId === entry.clientId
}

function toEntry(exchange: Exchange, id: number): MutableEntry {
  return {
    id,
    at: exchange.startedAt,
    method: exchange.request.method,
    path: redact(exchange.path),
    endpoint: exchange.endpoint,
    grant: redact(exchange.grant),
    clientId: redact(exchange.clientId),
    sub: exchange.sub,
    origin: exchange.request.headers.get('origin') ?? undefined,
    parameters: toRedactedParameters(exchange),
    status: undefined,
    error: undefined,
    faults: [],
  }
}

function redact<T extends string | undefined>(text: T): T | string {
  return text?.replace(secretText, '[redacted]') ?? text
}

function toRedactedParameters(exchange: Exchange): Record<string, string> {
  const parameters = [exchange.query, exchange.form].flatMap((part) =>
    part.names.map((name): [string, string] => [
      name,
      secretParameters.has(name) ? '[redacted]' : redact(part.get(name) ?? ''),
    ]),
  )
  return Object.fromEntries(parameters)
}
