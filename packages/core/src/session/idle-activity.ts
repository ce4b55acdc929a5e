import type { Activity } from './auth-state.js'

/** What a client starts with, and what a server renders: the first client render must equal it. */
export const IDLE_ACTIVITY: Activity = Object.freeze({ isRefreshing: false, pending: null, expiresAt: null })
