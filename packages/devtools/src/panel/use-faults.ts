import { useCallback, useEffect, useState } from 'preact/hooks'
import type { EventLog } from '../event-log.js'
import type { ActiveFault, KnownFault, MockAdmin } from './mock-admin.js'
import { useStore } from './use-store.js'

/** The faults of a mock as they are now. */
export interface Faults {
  readonly known: readonly KnownFault[]
  /** Null until the mock has answered. */
  readonly active: readonly ActiveFault[] | null
  /** Why the mock could not be asked; empty when it could. */
  readonly problem: string
  readonly add: (name: string) => void
  readonly remove: (id: string) => void
}

/** Asks the mock at once and after every event of the client, which may have met a fault. */
export function useFaults(admin: MockAdmin, log: EventLog): Faults {
  const entries = useStore(log.subscribe, log.getEntries)
  const [known, setKnown] = useState<readonly KnownFault[]>([])
  const [active, setActive] = useState<readonly ActiveFault[] | null>(null)
  const [problem, setProblem] = useState('')
  const run = useCallback(
    (act: () => Promise<unknown>) => {
      act()
        .then(async () => setActive(await admin.listActive()))
        .then(
          () => setProblem(''),
          (error: unknown) => setProblem(error instanceof Error ? error.message : 'The mock failed.'),
        )
    },
    [admin],
  )
  useEffect(() => run(async () => setKnown(await admin.listKnown())), [admin, run])
  const newest = entries[0]?.id
  useEffect(() => run(async () => undefined), [run, newest])
  return {
    known,
    active,
    problem,
    add: (name) => run(() => admin.add(name)),
    remove: (id) => run(() => admin.remove(id)),
  }
}
