import type { SpatioAuth } from '@spatio-labs/auth'

interface Note {
  readonly id: string
  readonly title: string
  readonly text: string
}

/** One call of the API, as the page shows it. */
export interface NotesAnswer {
  readonly status: number
  readonly durationMs: number
  readonly notes: readonly Note[]
}

/** Reads the user's notes with the access token. @throws SpatioAuthError as `auth.fetch` does */
export async function loadNotes(fetch: SpatioAuth['fetch'], issuer: string): Promise<NotesAnswer> {
  const startedAt = performance.now()
  const response = await fetch(`${issuer}/v1/notes`, { headers: { accept: 'application/json' } })
  const body: unknown = response.ok ? await response.json() : null
  return { status: response.status, durationMs: performance.now() - startedAt, notes: parseNotes(body) }
}

/** An answer in one line. */
export function describeAnswer({ status, durationMs, notes }: NotesAnswer): string {
  const answer = `${status} in ${Math.round(durationMs)} ms`
  return status === 200 ? `${answer} · ${notes.length} ${notes.length === 1 ? 'note' : 'notes'}` : answer
}

function parseNotes(body: unknown): readonly Note[] {
  if (!isRecord(body) || !Array.isArray(body['items'])) return []
  return body['items'].filter(isRecord).map((note) => ({
    id: toText(note['id']),
    title: toText(note['title']),
    text: toText(note['content']),
  }))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
