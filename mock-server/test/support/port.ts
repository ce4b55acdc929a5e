import type { Target } from './flow.js'

/** A mock behind a port, for the same flows as one in process. */
export function toTarget(url: string): Target {
  return { issuer: url, fetch: (request) => fetch(request) }
}
