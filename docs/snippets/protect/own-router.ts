import { SpatioAuthError } from '@spatio-labs/auth'
import { auth } from './auth'

const pages: Record<string, { isGuarded: boolean; render: () => void }> = {
  '/': { isGuarded: false, render: () => show('Home') },
  '/account': { isGuarded: true, render: () => show('Account') },
}

/** Called once, when the app starts. */
export async function startRouter() {
  // Finishes a sign-in that comes back, and goes on to the address where it began.
  await auth.ready()
  addEventListener('popstate', () => openPage(new URL(location.href)))
  await openPage(new URL(location.href))
}

async function openPage(url: URL) {
  const page = pages[url.pathname]
  if (page === undefined) return show('Not found')
  try {
    if (page.isGuarded) await auth.requireUser({ returnTo: url.href })
    page.render()
  } catch (error) {
    // After a sign-out on purpose nobody is sent away again: show the way in.
    if (error instanceof SpatioAuthError && error.code === 'not_authenticated') return show('Please sign in')
    throw error
  }
}

function show(text: string) {
  document.body.textContent = text
}
