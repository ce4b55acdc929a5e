import { SpatioAuthError, type SpatioAuthErrorPhase } from '../errors.js'

/** The promise, or a rejection `aborted` when `signal` aborts; the work itself goes on. */
export function withSignal<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
  phase: SpatioAuthErrorPhase,
): Promise<Result> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const abort = () => reject(new SpatioAuthError('aborted', { phase }))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    work.finally(() => signal.removeEventListener('abort', abort)).then(resolve, reject)
  })
}
