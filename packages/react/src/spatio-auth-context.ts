'use client'

import type { SpatioAuth } from '@spatio-labs/auth'
import { createContext, type Context } from 'react'

const KEY: unique symbol = Symbol.for('spatio.auth.react.v1')

/**
 * The client of the nearest `<SpatioAuthProvider>`. Kept on the global, so that two copies of this package on one
 * page (a pre-bundle beside a linked one, a hot reload) still meet.
 */
export const SpatioAuthContext: Context<SpatioAuth | null> = getSharedContext()

function getSharedContext(): Context<SpatioAuth | null> {
  const shared = globalThis as { [KEY]?: Context<SpatioAuth | null> }
  shared[KEY] ??= createContext<SpatioAuth | null>(null)
  shared[KEY].displayName = 'SpatioAuth'
  return shared[KEY]
}
