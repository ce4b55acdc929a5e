/** Where the one session record of this issuer and client is kept. */
export interface RecordStorage {
  readonly read: () => Promise<string | null>
  /** Rejects when the text was not kept. */
  readonly write: (text: string) => Promise<void>
  readonly remove: () => Promise<void>
  /** True when other tabs read the same record. */
  readonly isShared: boolean
}
