'use client'

import { IDLE_ACTIVITY, type Activity } from '@spatio-labs/auth'
import { useSyncExternalStore } from 'react'
import { useSpatioAuthClient } from './use-spatio-auth-client.js'

/**
 * What changes by itself (a refresh under way, the expiry), apart from `useSpatioAuth` so that only who asks renders.
 * @throws SpatioAuthError `provider_missing` outside `<SpatioAuthProvider>`
 */
export function useSpatioAuthActivity(): Activity {
  const client = useSpatioAuthClient()
  return useSyncExternalStore(client.subscribeActivity, client.getActivity, getIdle)
}

/** What a server renders and the first client render must equal. */
function getIdle(): Activity {
  return IDLE_ACTIVITY
}
