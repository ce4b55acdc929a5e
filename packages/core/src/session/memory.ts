import type { RecordStorage } from './record-storage.js'

/** For this page only. */
export function openMemory(): RecordStorage {
  let kept: string | null = null
  return {
    read: async () => kept,
    write: async (text) => void (kept = text),
    remove: async () => void (kept = null),
    isShared: false,
  }
}
