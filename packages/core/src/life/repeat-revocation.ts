import type { Environment } from '../environment.js'

/** The pause before the one repetition, and the longest that the authority may ask for (ms). */
const PAUSE = 2000
const LONGEST_PAUSE = 30_000

/** Repeats a revocation that failed, after a pause, or at once when the page is left. @returns whether that helped */
export async function repeatRevocation(
  environment: Environment,
  failed: Response | null,
  repeat: () => Promise<Response | null>,
): Promise<boolean> {
  if (failed?.status === 400 && (await isPointless(failed))) return true
  const asked = Number(failed?.headers.get('retry-after') ?? NaN) * 1000
  await untilDueOrLeaving(environment, asked >= 0 ? Math.min(asked, LONGEST_PAUSE) : PAUSE)
  const response = await repeat()
  return response?.ok === true || (response?.status === 400 && isPointless(response))
}

/** `unsupported_token_type` says that this kind of token cannot be revoked (RFC 7009 2.2.1): nothing to repeat. */
async function isPointless(response: Response): Promise<boolean> {
  const body: unknown = await response.json().catch(() => null)
  return (
    typeof body === 'object' && body !== null && 'error' in body && body.error === 'unsupported_token_type'
  )
}

/** A page that is left does not come back to finish: it sends at once what it still has to send. */
function untilDueOrLeaving({ setTimer, listen }: Environment, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      cancel()
      unlisten()
      resolve()
    }
    const cancel = setTimer(finish, ms)
    const unlisten = listen('pagehide', finish)
  })
}
