import type { FrontEnvironment } from '../environment.js'

/** The promise's result, or `late()` when it takes longer than `seconds`; the work itself goes on. */
export function withDeadline<Result>(
  { setTimer }: FrontEnvironment,
  seconds: number,
  work: Promise<Result>,
  late: () => Result | Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const cancel = setTimer(() => {
      // A late rejection has nobody left to hear it.
      work.catch(() => undefined)
      Promise.resolve().then(late).then(resolve, reject)
    }, seconds * 1000)
    work.finally(cancel).then(resolve, reject)
  })
}
