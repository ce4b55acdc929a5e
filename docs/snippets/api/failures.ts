import { SpatioAuthError } from '@spatio-labs/auth'
import { auth } from './auth'
import { loadNotes } from './notes'

export async function loadNotesOrSignIn() {
  try {
    return await loadNotes()
  } catch (error) {
    if (!(error instanceof SpatioAuthError)) throw error
    if (error.code === 'not_authenticated' || error.code === 'session_expired') return auth.signIn()
    // The session is fine, only the network is not: show what you have and offer to try again.
    if (error.retryable) return null
    throw error
  }
}
