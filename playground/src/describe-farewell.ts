import type { AuthState } from '@spatio-labs/auth'

/** Why nobody is signed in any more; null where nobody was. */
export function describeFarewell(state: AuthState): string | null {
  if (state.status !== 'unauthenticated') return null
  switch (state.reason) {
    case 'initial':
      return null
    case 'signed-out':
      return 'You are signed out. The next sign-in asks who you are.'
    case 'signed-out-elsewhere':
      return 'You signed out in another tab, so this one followed.'
    case 'user-changed':
      return 'Another user signed in, so this session ended.'
    case 'storage-cleared':
      return 'The stored session was removed, so you are signed out.'
    case 'expired':
    case 'revoked':
    case 'idle':
      return 'Your session has ended. Sign in to go on.'
  }
}
