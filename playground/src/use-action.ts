import { useCallback, useState } from 'react'

export interface Action {
  readonly isRunning: boolean
  readonly start: () => void
}

/** Runs something a button starts, once at a time; a failure goes to `onProblem`. */
export function useAction(run: () => Promise<unknown>, onProblem: (error: unknown) => void): Action {
  const [isRunning, setRunning] = useState(false)
  const start = useCallback(() => {
    if (isRunning) return
    setRunning(true)
    onProblem(null)
    run()
      .catch(onProblem)
      .finally(() => setRunning(false))
  }, [isRunning, run, onProblem])
  return { isRunning, start }
}
