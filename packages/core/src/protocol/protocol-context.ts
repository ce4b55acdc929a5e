import type { Environment } from '../environment.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'

/** What every step of the protocol is given. */
export interface ProtocolContext {
  readonly options: ResolvedOptions
  readonly environment: Environment
  readonly emit: Emit
}
