'use client'

import { toGate, type Authenticated, type Gate } from '@spatio-labs/auth'
import { useSpatioAuth } from './use-spatio-auth.js'

/** What a gate shows; renders again when that changes, not whenever the state does. */
export function useGate(when: ((state: Authenticated) => boolean) | undefined): Gate {
  return useSpatioAuth((state) => toGate(state, when), isSameGate)
}

function isSameGate(a: Gate, b: Gate): boolean {
  if (a.kind === 'open' && b.kind === 'open') return a.user === b.user
  if (a.kind === 'error' && b.kind === 'error') return a.error === b.error
  return a.kind === b.kind
}
