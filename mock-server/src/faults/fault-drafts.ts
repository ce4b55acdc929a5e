import { createJsonDraft, type ResponseDraft } from '../pipeline/response-draft.js'

/** An OAuth error, with a Retry-After where one is given (seconds or an HTTP date). */
export function createErrorDraft(status: number, error: string, retryAfter?: number | string): ResponseDraft {
  const headers = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  return createJsonDraft({ error, error_description: 'A fault was switched on' }, { status, headers })
}

/** A page where JSON is expected: what a proxy, a captive portal or a fallback route answers. */
export function createHtmlDraft(status: number, title = 'Welcome to the network'): ResponseDraft {
  const headers = new Headers({ 'Cache-Control': 'no-store' })
  const text = `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`
  return { status, headers, body: { kind: 'text', mediaType: 'text/html; charset=utf-8', text } }
}

/** The draft with members added to its JSON object; `undefined` takes one out. */
export function withMembers(draft: ResponseDraft, members: Record<string, unknown>): ResponseDraft {
  if (draft.body.kind !== 'json') return draft
  return { ...draft, body: { kind: 'json', value: { ...(draft.body.value as object), ...members } } }
}

/** The draft with its JSON as changed text, still called JSON. */
export function withJsonText(draft: ResponseDraft, change: (text: string) => string): ResponseDraft {
  const text =
    draft.body.kind === 'json'
      ? JSON.stringify(draft.body.value)
      : draft.body.kind === 'text'
        ? draft.body.text
        : ''
  return { ...draft, body: { kind: 'text', mediaType: 'application/json', text: change(text) } }
}
