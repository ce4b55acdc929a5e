'use client'

import type { Authenticated, Gate, SpatioAuth, SpatioAuthError, User } from '@spatio-labs/auth'
import { useEffect, useState, type ReactNode } from 'react'
import { useGate } from './use-gate.js'
import { useSpatioAuthClient } from './use-spatio-auth-client.js'

/** What `<RequireAuth>` shows: its children to who may see them, and what instead to all others. */
export interface RequireAuthProps {
  /** A function gets the user. */
  readonly children?: ReactNode | ((user: User) => ReactNode)
  /** Shown before the session is restored. @default nothing */
  readonly loading?: ReactNode
  /** Shown while the visitor is sent to Spatio. @default nothing */
  readonly redirecting?: ReactNode
  /** Shown after a sign-out on purpose, which is not answered by a redirect. @default nothing */
  readonly signedOut?: ReactNode
  /** Where the user is after the sign-in; same origin only. @default the current URL */
  readonly returnTo?: string
  /** What the signed-in user must fulfil beside being signed in. @default nothing */
  readonly when?: (state: Authenticated) => boolean
  /** Shown to who does not fulfil `when`. @default nothing */
  readonly forbidden?: ReactNode
  /** Shows what failed. @default it is thrown, for the nearest error boundary */
  readonly error?: (error: SpatioAuthError, retry: () => void) => ReactNode
}

/**
 * Shows its children to who is signed in and sends the others to Spatio, once the stored session has been looked for.
 * It only hides: the data behind it needs the server's own check.
 * @throws SpatioAuthError `provider_missing` outside `<SpatioAuthProvider>`; what failed, without `error`
 */
export function RequireAuth(props: RequireAuthProps): ReactNode {
  const client = useSpatioAuthClient()
  const decided = useGate(props.when)
  const [problem, setProblem] = useRedirect(client, decided, props.returnTo)
  const gate: Gate = problem === null ? decided : { kind: 'error', error: problem }
  const { children, error } = props
  if (gate.kind === 'open') return typeof children === 'function' ? children(gate.user) : children
  if (gate.kind !== 'error') return props[gate.kind] ?? null
  if (error === undefined) throw gate.error
  // A sign-in that could not start begins again by itself; what else failed is the client's to repeat.
  return error(gate.error, () => (problem === null ? void client.retry() : setProblem(null)))
}

/** Sends the visitor away where the gate says so. @returns why that failed, and what forgets it */
function useRedirect({ requireUser }: SpatioAuth, { kind }: Gate, returnTo: string | undefined) {
  const [problem, setProblem] = useState<SpatioAuthError | null>(null)
  const isDue = kind === 'redirecting' && problem === null
  useEffect(() => {
    if (!isDue) return
    // StrictMode's second effect, and other gates of the page, share one navigation.
    requireUser(returnTo === undefined ? {} : { returnTo }).catch(setProblem)
  }, [isDue, requireUser, returnTo])
  return [kind === 'redirecting' ? problem : null, setProblem] as const
}
