import type { Activity } from '@spatio-labs/auth'

/** What is waited for before the state is known. */
export function describeLoading({ pending }: Activity): { readonly title: string; readonly detail: string } {
  if (pending === 'callback') {
    return {
      title: 'Signing you in…',
      detail:
        'The code is exchanged and the answer is checked. Nothing counts before every check has passed.',
    }
  }
  return { title: 'Looking for your session…', detail: 'This takes a moment at most.' }
}
