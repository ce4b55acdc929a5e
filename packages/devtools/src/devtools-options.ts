/** A mock authority whose faults the devtools may switch. */
export interface MockAccess {
  /** Of the mock; its admin is below it, at `/__mock`. */
  readonly issuer: string
  /** What `mock.adminToken` is. It is sent to the mock and kept nowhere. */
  readonly adminToken: string
}

/** What `mountSpatioDevtools` can be told. */
export interface SpatioDevtoolsOptions {
  /** Part of the page in which they stand open. @default a button in the corner that opens them */
  readonly target?: HTMLElement
  /** Shows the faults of a mock. @default none */
  readonly mock?: MockAccess
}
