import type { Html } from '../pages/html.js'

/** A body before it is bytes: what the body stage sees. */
export type ResponseBody =
  { kind: 'empty' } | { kind: 'json'; value: unknown } | { kind: 'text'; mediaType: string; text: string }

/** A response before it is one: what an endpoint returns and the body stage may change. */
export interface ResponseDraft {
  status: number
  headers: Headers
  body: ResponseBody
}

/** A JSON answer. It is not to be stored unless the headers say otherwise (RFC 6749 5.1). */
export function createJsonDraft(
  value: unknown,
  init: { status?: number; headers?: HeadersInit } = {},
): ResponseDraft {
  const headers = new Headers(init.headers)
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  return { status: init.status ?? 200, headers, body: { kind: 'json', value } }
}

/** An answer without a body. */
export function createEmptyDraft(status: number, init?: HeadersInit): ResponseDraft {
  const headers = new Headers(init)
  headers.set('Cache-Control', 'no-store')
  return { status, headers, body: { kind: 'empty' } }
}

/** A redirect of the browser: 302 after a GET, 303 after a POST so that the form is not posted on (RFC 9700 4.12). */
export function createRedirectDraft(status: 302 | 303, location: string): ResponseDraft {
  return createEmptyDraft(status, { Location: location })
}

/**
 * A page. `formTargets` are the origins its form may lead to besides this one: Chromium applies form-action to
 * the redirects after a form post as well.
 */
export function createPageDraft(
  status: number,
  page: Html,
  formTargets: readonly string[] = [],
): ResponseDraft {
  const headers = new Headers({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self' data:",
      `form-action ${["'self'", ...formTargets].join(' ')}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Frame-Options': 'DENY',
    // no-referrer would make the form post `Origin: null`.
    'Referrer-Policy': 'same-origin',
  })
  return { status, headers, body: { kind: 'text', mediaType: 'text/html; charset=utf-8', text: page.text } }
}
