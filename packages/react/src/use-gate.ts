'use client'

import { toGate, type Authenticated, type Gate } from '@spatio-labs/auth'
import { useSpatioAuth } from './use-spatio-auth.js'

/** What a gate shows; renders again when that changes, not whenever the state does. */
export function useGate(when: ((state: Authenticated) => boolean) | undefined): Gate {
  return useSpatioAuth((state) => toGate(state, when), isSameGate)
}

type Compared = Partial<Record<'kind' | 'user' | 'error', unknown>>

function isSameGate(a: Compared, b: Compared): boolean {
  return a.kind === b.kind && a.user === b.user && a.error === b.error
}
