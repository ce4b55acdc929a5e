/** Aborts `controller` when `signal` does. @returns what lets go of the signal */
export function followSignal(
  controller: AbortController,
  signal: AbortSignal | undefined,
  toError: () => Error,
): () => void {
  const abort = () => controller.abort(toError())
  signal?.addEventListener('abort', abort)
  return () => signal?.removeEventListener('abort', abort)
}

/** The promise, or a rejection when `signal` aborts; the work itself goes on. */
export function withSignal<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
  toError: () => Error,
): Promise<Result> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const abort = () => reject(toError())
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.finally(() => signal.removeEventListener('abort', abort)).then(resolve, reject)
  })
}
