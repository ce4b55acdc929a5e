import type { SpatioAuth } from '@spatio-labs/auth'
import type { SpatioDevtoolsOptions } from '../devtools-options.js'
import type { EventLog } from '../event-log.js'

/** What the panel shows. */
export interface DevtoolsContext extends SpatioDevtoolsOptions {
  readonly auth: SpatioAuth
  readonly log: EventLog
}
