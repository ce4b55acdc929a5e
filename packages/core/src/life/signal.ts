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
