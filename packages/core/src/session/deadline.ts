import type { FrontEnvironment } from '../environment.js'

/** The promise's result, or `late()` when it takes longer than `seconds`; the work itself goes on. */
export function withDeadline<Result>(
  { setTimer }: FrontEnvironment,
  seconds: number,
  work: Promise<Result>,
  late: () => Result | Promise<Result>,
): Promise<Result> {
  let cancel!: () => void
  const over = new Promise<void>((resolve) => {
    cancel = setTimer(resolve, seconds * 1000)
  })
  return Promise.race([work, over.then(late)]).finally(cancel)
}
