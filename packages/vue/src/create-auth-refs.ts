import { IDLE_ACTIVITY, type Activity, type AuthState, type SpatioAuth } from '@spatio-labs/auth'
import { computed, markRaw, shallowRef } from 'vue'
import type { SpatioAuthVue } from './spatio-auth-vue.js'

export interface AuthRefs {
  readonly auth: SpatioAuthVue
  /** Follows the client. @returns what lets go of it */
  readonly connect: () => () => void
  /** Shows what a server shows, until `connect` or `follow`: a page that hydrates must begin as its HTML. */
  readonly showServerState: () => void
  readonly follow: () => void
}

/** The client's state as refs. Separate refs cannot narrow each other, so the whole union is one of them. */
export function createAuthRefs(client: SpatioAuth): AuthRefs {
  const state = shallowRef<AuthState>(client.getSnapshot())
  const activity = shallowRef<Activity>(client.getActivity())
  const follow = (): void => {
    state.value = client.getSnapshot()
    activity.value = client.getActivity()
  }
  const { signIn, signOut, getAccessToken, fetch, ready, retry, preload, requireUser } = client
  const auth: SpatioAuthVue = {
    // Inside `reactive()` the client would be proxied, and so would all it holds.
    client: markRaw(client),
    state,
    activity,
    status: computed(() => state.value.status),
    user: computed(() => state.value.user),
    isAuthenticated: computed(() => state.value.isAuthenticated),
    isLoading: computed(() => state.value.status === 'loading'),
    error: computed(() => state.value.error),
    signIn,
    signOut,
    getAccessToken,
    fetch,
    ready,
    retry,
    preload,
    requireUser,
  }
  return {
    auth,
    follow,
    connect: () => {
      const stop = [client.subscribe(follow), client.subscribeActivity(follow)]
      follow()
      return () => stop.forEach((unsubscribe) => unsubscribe())
    },
    showServerState: () => {
      state.value = client.getServerSnapshot()
      activity.value = IDLE_ACTIVITY
    },
  }
}
