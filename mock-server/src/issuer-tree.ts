import type { Authority } from './authority.js'
import { parseFaultSegment, toFaultSegment } from './faults/fault-path.js'
import type { FaultRequest } from './faults/fault-order.js'
import { MockServerError } from './mock-server-error.js'
import { toAnswer, toResponse } from './pipeline/answer.js'
import { createJsonDraft } from './pipeline/response-draft.js'
import type { RequestHandler } from './request-handler.js'

/** What the tree makes an issuer with. */
export interface IssuerFactory<Issuer extends { fetch: RequestHandler }> {
  /** An issuer with a state of its own. */
  create(getIssuer: () => string): Issuer
  /** An issuer whose every matching request meets the faults. */
  createFaulty(getIssuer: () => string, faults: readonly FaultRequest[]): RequestHandler
}

/** The issuers below an issuer: `/i/{name}` for one test each, `/f/{faults}` for requests under faults. */
export interface IssuerTree<Issuer> {
  /** The issuer of this name, made when it is first asked for. @throws MockServerError `invalid_option` */
  named(name: string, create?: (getIssuer: () => string) => Issuer): Issuer
  /** Where requests meet the faults. */
  faultyUrl(faults: readonly FaultRequest[]): string
  /** The handler a request below this issuer is for; undefined when it is for the issuer itself. */
  find(request: Request): { handler: RequestHandler; request: Request } | undefined
}

// Every distinct path keeps keys and stores; the least recently made goes first.
const maximumFaulty = 200
const below = /^\/([if])\/([^/]+)(?=\/|$)/
// RFC 8414 3.1 inserts the well-known part between the host and the issuer's path.
const inserted = /^(\/\.well-known\/(?:oauth-authorization-server|openid-configuration))(\/.+)$/

/** The tree below an authority. */
export function createIssuerTree<Issuer extends { fetch: RequestHandler }>(
  authority: Authority,
  factory: IssuerFactory<Issuer>,
): IssuerTree<Issuer> {
  const basePath = new URL(authority.issuer()).pathname.replace(/\/$/, '')
  const named = new Map<string, Issuer>()
  const faulty = new Map<string, RequestHandler>()
  const findFaulty = (segment: string): RequestHandler => {
    const known = faulty.get(segment)
    if (known) return known
    const faults = parseFaultSegment(segment)
    if (typeof faults === 'string')
      return () => Promise.resolve(createProblemResponse(400, 'invalid_request', faults))
    const handler = factory.createFaulty(() => `${authority.issuer()}/f/${segment}`, faults)
    const [oldest] = faulty.keys()
    if (faulty.size >= maximumFaulty && oldest !== undefined) faulty.delete(oldest)
    faulty.set(segment, handler)
    return handler
  }
  return {
    named: (name, create = factory.create) => {
      requireName(name)
      const issuer = named.get(name) ?? create(() => `${authority.issuer()}/i/${name}`)
      named.set(name, issuer)
      return issuer
    },
    faultyUrl: (faults) => `${authority.issuer()}/f/${toFaultSegment(faults)}`,
    find: (request) => {
      const url = new URL(request.url)
      const path = toAppendedPath(url.pathname)
      if (!path.startsWith(basePath)) return undefined
      const [, kind, segment = ''] = below.exec(path.slice(basePath.length)) ?? []
      if (kind === undefined) return undefined
      const handler = kind === 'f' ? findFaulty(segment) : (named.get(segment)?.fetch ?? refuseUnnamed)
      if (path === url.pathname) return { handler, request }
      url.pathname = path
      return { handler, request: new Request(url, request) }
    },
  }
}

function requireName(name: string): void {
  if (/^[\w.~-]{1,100}$/.test(name)) return
  throw new MockServerError(
    'invalid_option',
    `"${name}" cannot be an issuer's name: letters, digits and -._~`,
  )
}

function toAppendedPath(path: string): string {
  const [, wellKnown = '', issuerPath] = inserted.exec(path) ?? []
  return issuerPath === undefined ? path : issuerPath.replace(/\/$/, '') + wellKnown
}

const refuseUnnamed: RequestHandler = () =>
  Promise.resolve(createProblemResponse(404, 'not_found', 'there is no such issuer'))

/** Readable from any page: the developer who mistyped a path looks for the reason in the browser. */
function createProblemResponse(status: number, error: string, problem: string): Response {
  const headers = { 'Access-Control-Allow-Origin': '*', 'X-Mock-Server': 'spatio' }
  return toResponse(toAnswer(createJsonDraft({ error, error_description: problem }, { status, headers })))
}
