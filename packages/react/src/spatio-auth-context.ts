'use client'

import { SpatioAuthError, type SpatioAuth } from '@spatio-labs/auth'
import { createContext, type Context } from 'react'
import { VERSION } from './version.js'

const KEY: unique symbol = Symbol.for('spatio.auth.react.v1')

interface Shared {
  readonly context: Context<SpatioAuth | null>
  readonly version: string
}

/**
 * The client of the nearest `<SpatioAuthProvider>`. Kept on the global, so that two copies of this package on one
 * page (a pre-bundle beside a linked one, a hot reload) still meet.
 * @throws SpatioAuthError `config_invalid` when the copies are of two versions
 */
export function getSpatioAuthContext(): Context<SpatioAuth | null> {
  const shared = globalThis as { [KEY]?: Shared }
  const { context, version } = (shared[KEY] ??= { context: createNamedContext(), version: VERSION })
  if (version === VERSION) return context
  const detail = `versions ${version} and ${VERSION}`
  throw new SpatioAuthError('config_invalid', { phase: 'configuration', detail })
}

function createNamedContext(): Context<SpatioAuth | null> {
  const context = createContext<SpatioAuth | null>(null)
  context.displayName = 'SpatioAuth'
  return context
}
