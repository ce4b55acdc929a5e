/** A file as it is and as it will be. */
export interface FileChange {
  /** Below the folder of the app, with slashes. */
  readonly path: string
  /** Null: there is no such file yet. */
  readonly before: string | null
  readonly after: string
}

/** A change that init cannot make, so that it makes none: the app is written in a way it does not know. */
export class UnknownShape extends Error {
  override readonly name = 'UnknownShape'
}
