/** The one session record of this issuer and client, as far as the front needs it. */
export interface StoredRecord {
  readonly read: () => Promise<string | null>
  readonly remove: () => Promise<void>
  /** True when other tabs read the same record. */
  readonly isShared: boolean | undefined
}

/** Where it is kept. */
export interface RecordStorage extends StoredRecord {
  /** Rejects when the text was not kept. */
  readonly write: (text: string) => Promise<void>
}
