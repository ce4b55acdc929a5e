import type { Answer } from '../probe.js'

/** Why a page on this origin may not read the answer; null when it may (Fetch 3.2). */
export function findCorsProblem(answer: Answer, origin: string): string | null {
  if (answer.kind === 'failed') return answer.reason
  const allowed = answer.headers.get('access-control-allow-origin')
  if (allowed === null) return 'no Access-Control-Allow-Origin'
  // Nothing is sent with cookies, so a star will do.
  if (allowed !== '*' && allowed !== origin) return `Access-Control-Allow-Origin is ${allowed}`
  return null
}

/** Why the preflight does not let the request through; null when it does (Fetch 4.8). */
export function findPreflightProblem(
  answer: Answer,
  origin: string,
  { method, header }: { method: 'GET' | 'POST'; header: 'authorization' | 'content-type' },
): string | null {
  const problem = findCorsProblem(answer, origin)
  if (problem !== null || answer.kind === 'failed') return problem
  if (answer.status < 200 || answer.status > 299) return `the preflight is answered ${answer.status}`
  // GET and POST need no permission of their own. A star in the list of headers does not stand for Authorization.
  const headers = toList(answer.headers.get('access-control-allow-headers'))
  const isAllowed = headers.includes(header) || (header !== 'authorization' && headers.includes('*'))
  return isAllowed ? null : `the preflight for ${method} does not allow the header ${header}`
}

function toList(header: string | null): string[] {
  return (header ?? '').split(',').map((item) => item.trim().toLowerCase())
}
