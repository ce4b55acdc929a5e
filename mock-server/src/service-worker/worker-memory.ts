import { createStore, get, set } from 'idb-keyval'
import type { KeptCookie } from '../cookie-jar.js'
import type { MockState } from '../state/mock-state.js'

/** What outlives the worker: the browser may stop it between any two requests. */
export interface WorkerMemory {
  state: MockState
  cookies: readonly KeptCookie[]
}

/** Where it is kept, in the order it was handed over. */
export interface WorkerMemoryStore {
  load(): Promise<WorkerMemory | undefined>
  save(memory: WorkerMemory): Promise<void>
}

/** The memory of one issuer, in IndexedDB: a sub-path has its own, and so does an app beside it. */
export function openWorkerMemory(issuer: string): WorkerMemoryStore {
  const store = createStore('spatio-mock-server', 'authorities')
  return {
    load: () => get<WorkerMemory>(issuer, store),
    save: (memory) => set(issuer, memory, store),
  }
}
